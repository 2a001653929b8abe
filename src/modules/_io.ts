/** `_io`: the table; streams are in `_io/`. */
import { BlockingIOError } from '../objects/exception-types.ts';
import { BUFFERED_IO_BASE_TYPE, DEFAULT_BUFFER_SIZE, IO_BASE_TYPE, RAW_IO_BASE_TYPE, TEXT_IO_BASE_TYPE, UNSUPPORTED_OPERATION } from './_io/base.ts';
import { BUFFERED_RWPAIR_TYPE } from './_io/buffered-pair.ts';
import { BUFFERED_RANDOM_TYPE, BUFFERED_READER_TYPE, BUFFERED_WRITER_TYPE } from './_io/buffered.ts';
import { BYTES_IO_BUFFER_TYPE, BYTES_IO_TYPE } from './_io/bytes-io.ts';
import { FILE_IO_TYPE } from './_io/file-io.ts';
import { NEWLINE_DECODER_TYPE } from './_io/newlines.ts';
import { io_open, io_open_code, io_text_encoding } from './_io/open.ts';
import { STRING_IO_TYPE } from './_io/string-io.ts';
import { TEXT_IO_WRAPPER_TYPE } from './_io/text-io.ts';
import type { NativeModule } from './native-module.ts';

/** The table. */
export const IO_MODULE: NativeModule = {
  name: '_io',
  doc: 'The io module provides the Python interfaces to stream handling.',
  types: {
    _IOBase: IO_BASE_TYPE, _RawIOBase: RAW_IO_BASE_TYPE, _BufferedIOBase: BUFFERED_IO_BASE_TYPE, _TextIOBase: TEXT_IO_BASE_TYPE, FileIO: FILE_IO_TYPE,
    BytesIO: BYTES_IO_TYPE, _BytesIOBuffer: BYTES_IO_BUFFER_TYPE, StringIO: STRING_IO_TYPE, BufferedReader: BUFFERED_READER_TYPE, BufferedWriter: BUFFERED_WRITER_TYPE,
    BufferedRandom: BUFFERED_RANDOM_TYPE, BufferedRWPair: BUFFERED_RWPAIR_TYPE, TextIOWrapper: TEXT_IO_WRAPPER_TYPE,
    IncrementalNewlineDecoder: NEWLINE_DECODER_TYPE, UnsupportedOperation: UNSUPPORTED_OPERATION, BlockingIOError,
  },
  attributes: () => ({ DEFAULT_BUFFER_SIZE }),
  functions: {
    open: [io_open, "($module, /, file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)", 'Open file and return a stream.  Raise OSError upon failure.'],
    open_code: [io_open_code, '($module, /, path)', 'Opens the provided file with the intent to import the contents.'],
    text_encoding: [io_text_encoding, '($module, encoding, stacklevel=2, /)', 'A helper function to choose the text encoding.'],
  },
};
