// Command lines that are told to people, to be run by them.
#pragma once
#include <string>

#include "app/cli/commands.h"

namespace rw::cli {

/// As a shell takes it for one word.
std::string shellWord(const std::string& word);

/// “rillwright run FILE HOW --set …”: the pipeline with the variables that it was given.
std::string runWords(const PipelineOptions& pipeline, const std::string& how);

}  // namespace rw::cli
