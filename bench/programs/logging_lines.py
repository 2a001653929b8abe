"""logging: silenced, simple and formatted records, through a hierarchy of loggers."""

import io
import logging

EXPECTED = (40553, 1083)


def make_logger(stream):
    logger = logging.getLogger("bench")
    logger.setLevel(logging.INFO)
    logger.propagate = False
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(levelname)s:%(name)s:%(funcName)s:%(message)s"))
    logger.handlers[:] = [handler]
    return logger.getChild("child")


def run():
    stream = io.StringIO()
    logger = make_logger(stream)
    for i in range(800):
        logger.debug("not shown %d", i)
        logger.info("number %d of %s", i, "many")
        if i % 3 == 0:
            logger.warning("plain")
        if i % 50 == 0:
            try:
                1 / (i - i)
            except ZeroDivisionError:
                logger.error("failed: %r", {"i": i})
    text = stream.getvalue()
    return len(text), text.count("\n")


if __name__ == "__main__":
    assert run() == EXPECTED
