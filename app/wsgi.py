"""The web server's entry point."""

from app import create_app, log
from app.config import config
from app.conversation.handle import warm_up
from app.web import replayer

log.set_up(config().log_level)
app = create_app()
warm_up()
replayer.start(config().spool_dir)
