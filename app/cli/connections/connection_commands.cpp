#include "app/cli/connections/connection_commands.h"

#include <algorithm>
#include <vector>

#include "core/connect/connections/connection_kind.h"

namespace rw::cli {

namespace {

std::string asPair(const std::string& text) {
    return text.find('=') == std::string::npos || text.front() == '=' ? "write it as name=value" : "";
}

std::vector<std::string> kindNames() {
    std::vector<std::string> names;
    for (const ConnectionKind& kind : connectionKinds()) names.push_back(kind.name);
    return names;
}

std::string kindList() {
    std::string all;
    for (const std::string& name : kindNames()) all += (all.empty() ? "" : ", ") + name;
    return all;
}

}  // namespace

ConnectionCommands::ConnectionCommands(CLI::App& app)
    : m_all(app.add_subcommand("connections", "the connections of this computer to other systems")) {
    m_all->add_flag("--json", m_json, "as JSON");
    m_all->require_subcommand(0, 1);
    addTheAdding();
    addTheOthers();
}

void ConnectionCommands::addTheAdding() {
    m_add = m_all->add_subcommand("add", "add a connection");
    m_add->add_option("NAME", m_adding.name, "by which pipelines refer to it")->required();
    m_add->add_option("KIND", m_adding.kind, kindList())->required()->check(CLI::IsMember(kindNames()));
    m_add
        ->add_option("--field", m_adding.fields,
                     "as name=value, such as address=broker:9092; may be given again")
        ->take_all()
        ->allow_extra_args(false)
        ->check(asPair);
    m_add
        ->add_option("--environment", m_adding.variables,
                     "a secret that lies in an environment variable, as password=SHOP_PASSWORD")
        ->take_all()
        ->allow_extra_args(false)
        ->check(asPair);
    m_add
        ->add_option(
            "--keyring", m_adding.keyring,
            "the name of a secret, such as password, whose value is read from a line of standard input "
            "and put into the keyring")
        ->take_all()
        ->allow_extra_args(false);
}

void ConnectionCommands::addTheOthers() {
    m_test = m_all->add_subcommand("test", "whether one leads anywhere, step by step");
    m_test->add_option("NAME", m_tested, "of the connection")->required();
    m_test->add_flag("--json", m_testJson, "as JSON");

    m_remove = m_all->add_subcommand("remove", "remove one, and its secrets from the keyring");
    m_remove->add_option("NAME", m_removed, "of the connection")->required();

    m_rename =
        m_all->add_subcommand("rename", "give one another name; pipelines that name it stay as they are");
    m_rename->add_option("OLD", m_renamed, "the name of the connection")->required();
    m_rename->add_option("NEW", m_newName, "its new name")->required();

    m_browse = m_all->add_subcommand("browse", "the topics or tables that one leads to");
    m_browse->add_option("NAME", m_browsing.connection, "of the connection")->required();
    m_browse->add_option("SUBJECT", m_browsing.subject,
                         "one of them: its format, its columns and its newest rows");
    m_browse->add_option("--registry", m_browsing.registry,
                         "the connection of the schema registry that knows the messages");
    m_browse->add_flag("--json", m_browsing.json, "as JSON");

    m_export =
        m_all->add_subcommand("export", "write connections for another computer, without their secrets");
    m_export->add_option("NAME", m_exporting.names, "those alone");
    m_export->add_option("-o,--out", m_exporting.out, "file to write; without it, standard output");

    m_import = m_all->add_subcommand("import", "add the connections of such a file");
    m_import->add_option("FILE", m_importing.file, "that was exported")->required();
    m_import
        ->add_option("--replace", m_importing.replace,
                     "overwrite this one, if another one of its name is there; may be given again")
        ->take_all()
        ->allow_extra_args(false);
    m_import->add_flag("--json", m_importing.json, "what was done, as JSON");

    m_slots =
        m_all->add_subcommand("slots", "the replication slots of a PostgreSQL, and what it keeps for them");
    m_slots->add_option("NAME", m_slotted.connection, "of the connection")->required();
    m_slots->add_option("--drop", m_slotted.drop,
                        "drop this one: whoever read from it can't go on, and the server frees its log");
    m_slots->add_flag("--json", m_slotted.json, "as JSON");

    m_kinds = m_all->add_subcommand("kinds", "the systems that connections may lead to, and their fields");
    m_kinds->add_flag("--json", m_json, "as JSON");
}

std::optional<int> ConnectionCommands::run() {
    if (!m_all->parsed()) return std::nullopt;
    if (m_test->parsed()) return testConnection(m_tested, m_testJson || m_json);
    if (m_add->parsed()) return addConnection(m_adding);
    if (m_remove->parsed()) return removeConnection(m_removed);
    if (m_rename->parsed()) return renameConnection(m_renamed, m_newName);
    if (m_browse->parsed()) {
        m_browsing.json = m_browsing.json || m_json;
        return browseConnection(m_browsing);
    }
    if (m_export->parsed()) return exportConnections(m_exporting);
    if (m_import->parsed()) return importConnections(m_importing);
    if (m_slots->parsed()) return replicationSlots(m_slotted);
    if (m_kinds->parsed()) return connectionKindTable(m_json);
    return connections(m_json);
}

}  // namespace rw::cli
