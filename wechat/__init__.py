"""What WeChat's servers speak: signatures, encryption, messages, the access token, the API. Knows no dialogue."""
