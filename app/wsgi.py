"""The web server's entry point."""

import gc

from app import create_app, db, log
from app.config import config
from app.conversation.handle import warm_up
from app.web import replayer

log.set_up(config().log_level)
db.serve_as(db.WEB)
app = create_app()
warm_up()
gc.collect()
gc.freeze()  # the word lists stay for good: no collection need look through them again
replayer.start(config().spool_dir)
