#pragma once

#include <string_view>

#include "base/result.h"
#include "http/endpoint.h"

namespace euphone::llm {

/// Where chat completions are asked for, from the base of an OpenAI-compatible server,
/// "http://127.0.0.1:8000/v1": "/chat/completions" is put behind it, and "/v1" before that where
/// the URL has no path. Fails: kInvalidArgument, also for a user, a query or a fragment.
Result<http::Endpoint> ParseEndpoint(std::string_view base_url);

}  // namespace euphone::llm
