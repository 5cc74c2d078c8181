// Words that several commands share, and how words are read.
#pragma once
#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/commands.h"

namespace rw::cli {

/// FILE and --set; `sets` is for takeSets().
void addPipeline(CLI::App& command, PipelineOptions& options, std::vector<std::string>& sets);
/// --trusted, of commands that run nothing: to run a pipeline is to consent to the files that it reads.
void addTrusted(CLI::App& command, PipelineOptions& options);
/// --allow-connections, of commands that run a pipeline.
void addAllowedConnections(CLI::App& command, PipelineOptions& options);
/// A duration option; the text is checked while parsing.
CLI::Option* addDuration(CLI::App& command, const char* name, Millis& into, const char* help);

/// Texts as name=value.
void takeSets(const std::vector<std::string>& sets, PipelineOptions& options);

/// Nothing: the words are those of one command. Else an exit status: help or the version was printed, or the
/// reason why the words are wrong.
std::optional<int> readWords(CLI::App& app, int argc, char** argv);

}  // namespace rw::cli
