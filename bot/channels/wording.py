"""What the channels themselves say, when a message cannot be passed on or no answer came back."""

FAILED = "抱歉，系统刚才出了点问题，没能答上来。您之前说的都还在，请稍后再发一次。"
BUSY = "您上一句话还在处理，请等几秒再发一次。"
RETRY = "再发一次"

BODY_TOO_LARGE = "请求太大：一次最多256KB"
NOT_JSON = "请求不是有效的JSON"
NOT_AN_OBJECT = "请求应是一个JSON对象，含sender和message"
MESSAGE_NOT_TEXT = "message应是文字"
SENDER_NOT_TEXT = "sender应是文字"
