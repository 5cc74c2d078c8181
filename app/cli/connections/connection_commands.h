// `rillwright connections` and the commands below it.
#pragma once
#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "app/cli/commands.h"

namespace rw::cli {

class ConnectionCommands {
 public:
    /// Adds them to `app`, which outlives this object.
    explicit ConnectionCommands(CLI::App& app);

    /// After parsing: runs the one that was given, if it is one of these. Its exit status.
    std::optional<int> run();

 private:
    void addTheAdding();
    void addTheOthers();

    CLI::App* m_all;
    bool m_json = false, m_testJson = false;
    std::string m_tested, m_removed, m_renamed, m_newName;
    BrowseCommand m_browsing;
    AddConnectionCommand m_adding;
    ExportConnectionsCommand m_exporting;
    ImportConnectionsCommand m_importing;
    SlotsCommand m_slotted;
    CLI::App *m_test = nullptr, *m_add = nullptr, *m_remove = nullptr, *m_export = nullptr,
             *m_import = nullptr, *m_rename = nullptr, *m_browse = nullptr, *m_slots = nullptr,
             *m_kinds = nullptr;
};

}  // namespace rw::cli
