// The words that records of jobs are made of, whichever engine a job is on.
#pragma once
#include <string_view>

namespace rw {

/// Letters, digits, _ and - alone, and not too many: safe in a path, and as the name of a file.
bool isJobId(std::string_view text);
/// Whether a job in that state, “FINISHED”, “CANCELED”, “FAILED”, is over and stays so.
bool isEndState(std::string_view state);

}  // namespace rw
