// `rillwright model` and the commands below it.
#pragma once
#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/models/model_export.h"

namespace rw::cli {

class ModelCommands {
 public:
    /// Adds them to `app`, which outlives this object.
    explicit ModelCommands(CLI::App& app);

    /// After parsing: runs the one that was given, if it is one of these. Its exit status.
    std::optional<int> run();

 private:
    CLI::App* m_all;
    CLI::App* m_script;
    CLI::App* m_export;
    ModelExportCommand m_exporting{};
    std::vector<std::string> m_sets{};
};

/// Prints the script that writes trained models of Python's libraries for the node `score`.
int modelScript();

}  // namespace rw::cli
