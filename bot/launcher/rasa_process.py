"""What both of Rasa's processes, the trainer and the server, set up first."""

from __future__ import annotations

import logging
import sys

from rasa.utils.common import configure_logging_and_warnings
from rasa.utils.log_utils import configure_structlog
from rasa.utils.tensorflow.environment import setup_tf_environment


def set_up() -> None:
    """Plain log lines with a time on standard output; TensorFlow as the environment asks for."""
    line = "%(asctime)s %(levelname)-7s %(name)s  %(message)s"
    logging.basicConfig(format=line, stream=sys.stdout, level=logging.INFO)
    configure_logging_and_warnings(logging.INFO)
    configure_structlog(logging.INFO)
    for noisy in ("tensorflow", "absl", "matplotlib", "apscheduler", "asyncio"):
        logging.getLogger(noisy).setLevel(logging.ERROR)
    setup_tf_environment()
