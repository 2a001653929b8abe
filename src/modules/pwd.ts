/** `pwd` and `grp`: the user and group databases as the files of `/etc` have them (Modules/pwdmodule.c, grpmodule.c). */
import { readFileSync } from 'node:fs';
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { newList } from '../objects/make.ts';
import { strArgument } from '../objects/native-arguments.ts';
import { toIndex } from '../objects/operators.ts';
import { newException } from '../objects/raise.ts';
import { KeyError } from '../objects/exception-types.ts';
import { newStructSequence, structSequenceType } from '../objects/struct-sequence.ts';
import { repr } from '../objects/text.ts';
import type { NativeModule } from './native-module.ts';

const STRUCT_PASSWD = structSequenceType('struct_passwd', { module: 'pwd', fields: ['pw_name', 'pw_passwd', 'pw_uid', 'pw_gid', 'pw_gecos', 'pw_dir', 'pw_shell'] });
const STRUCT_GROUP = structSequenceType('struct_group', { module: 'grp', fields: ['gr_name', 'gr_passwd', 'gr_gid', 'gr_mem'] });

function rows(file: string, width: number): string[][] {
  try {
    return readFileSync(file, 'utf8').split('\n').map((line) => line.split(':')).filter((row) => row.length === width);
  } catch {
    return [];
  }
}

const users = (): string[][] => rows('/etc/passwd', 7);
const groups = (): string[][] => rows('/etc/group', 4);

function user(row: readonly string[]): Value {
  return newStructSequence(STRUCT_PASSWD, [row[0]!, row[1]!, Number(row[2]), Number(row[3]), row[4]!, row[5]!, row[6]!]);
}

function group(row: readonly string[]): Value {
  return newStructSequence(STRUCT_GROUP, [row[0]!, row[1]!, Number(row[2]), newList(row[3]!.split(',').filter((name) => name !== ''))]);
}

function found(row: string[] | undefined, message: string): string[] {
  if (row === undefined) throw newException(KeyError, message);
  return row;
}

function pwd_getpwuid(t: Thread, uid: Value): Value {
  const number = toIndex(t, uid);
  return user(found(users().find((row) => Number(row[2]) === Number(number)), `getpwuid(): uid not found: ${number}`));
}

function pwd_getpwnam(t: Thread, name: Value): Value {
  const text = strArgument(name, 'getpwnam() argument');
  return user(found(users().find((row) => row[0] === text), `getpwnam(): name not found: ${repr(t, text)}`));
}

function grp_getgrgid(t: Thread, gid: Value): Value {
  const number = toIndex(t, gid);
  return group(found(groups().find((row) => Number(row[2]) === Number(number)), `getgrgid(): gid not found: ${number}`));
}

function grp_getgrnam(t: Thread, name: Value): Value {
  const text = strArgument(name, 'getgrnam() argument');
  return group(found(groups().find((row) => row[0] === text), `getgrnam(): name not found: ${repr(t, text)}`));
}

/** The table of `pwd`. */
export const PWD_MODULE: NativeModule = {
  name: 'pwd',
  doc: 'This module provides access to the Unix password database.',
  types: { struct_passwd: STRUCT_PASSWD },
  functions: {
    getpwuid: [pwd_getpwuid, '($module, uidobj, /)', 'Return the password database entry for the given numeric user ID.'],
    getpwnam: [pwd_getpwnam, '($module, name, /)', 'Return the password database entry for the given user name.'],
    getpwall: [() => newList(users().map(user)), '($module, /)', 'Return a list of all available password database entries, in arbitrary order.'],
  },
};

/** The table of `grp`. */
export const GRP_MODULE: NativeModule = {
  name: 'grp',
  doc: 'Access to the Unix group database.',
  types: { struct_group: STRUCT_GROUP },
  functions: {
    getgrgid: [grp_getgrgid, '($module, /, id)', 'Return the group database entry for the given numeric group ID.'],
    getgrnam: [grp_getgrnam, '($module, /, name)', 'Return the group database entry for the given group name.'],
    getgrall: [() => newList(groups().map(group)), '($module, /)', 'Return a list of all available group entries, in arbitrary order.'],
  },
};
