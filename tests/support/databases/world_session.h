// One session of a PostgreSQL in memory.
#pragma once
#include <atomic>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/support/databases/postgresql_world.h"

namespace rw::test {

struct WorldParam {
    std::uint32_t type = 0;
    WorldCell bytes{};  ///< in the form that `binary` says
    bool binary = false;
};

struct WorldAnswer {
    std::vector<std::string> columns{};
    std::vector<std::vector<WorldCell>> rows{};
    std::string tag{};
    std::string state{}, said{};  ///< of an error; else empty
    bool takesCopy = false;
    bool gone = false;  ///< the session ends without a word
    bool givesCopy = false;
    std::vector<std::string> copied{};  ///< messages of COPY TO
};

class WorldSession {
 public:
    WorldSession(PostgresqlWorld& world, int connection) : m_world(world), m_connection(connection) {}
    ~WorldSession();

    void serve();
    /// Outside of any transaction, and without a connection.
    void define(const std::string& statement) { (void)carryOut(statement, {}); }
    /// Any thread.
    void end();
    const std::string& name() const { return m_name; }
    std::atomic<bool> over{false};
    std::atomic<bool> hasLeft{false};  ///< its thread has left serve()

 private:
    // Messages.
    bool read(std::size_t bytes);
    bool greet();
    void send(char kind, const std::string& body);
    void sendReady();
    void sendError(const WorldAnswer& answer);
    void describe(const WorldAnswer& answer);
    void sendRows(const WorldAnswer& answer);
    void answer(char kind, std::string_view body);
    void bind(std::string_view body);
    void simple(std::string_view statement);
    void endCopy();

    // Statements.
    WorldAnswer carryOut(const std::string& statement, const std::vector<WorldParam>& params);
    WorldAnswer know(const std::string& statement, const std::vector<WorldParam>& params);
    WorldAnswer transact(const std::string& statement);
    WorldAnswer commit();
    WorldAnswer copyOut(const std::string& statement);
    /// Of a look at a table: all columns, as texts.
    WorldAnswer someRows(const std::string& statement);
    WorldAnswer ofSlots(const std::string& statement, const std::vector<WorldParam>& params);
    WorldAnswer ofMarker(const std::string& statement, const std::vector<WorldParam>& params);
    WorldAnswer ofCatalogue(const std::string& statement, const std::vector<WorldParam>& params);
    WorldAnswer create(const std::string& statement);
    WorldAnswer insert(const std::string& statement, const std::vector<WorldParam>& params);
    WorldAnswer remove(const std::string& statement, const std::vector<WorldParam>& params);
    WorldAnswer put(const std::string& table, const std::vector<std::string>& columns,
                    const std::vector<std::vector<WorldCell>>& rows, bool upsert);
    /// That a reference leads nowhere; without a state: all lead to rows.
    WorldAnswer ofReferences();
    WorldTables& tables();
    WorldTable* writable(const std::string& name);
    /// Holds the row of the marker until the transaction ends.
    bool lock(const std::string& marker);
    void unlock();

    PostgresqlWorld& m_world;
    const int m_connection;
    std::string m_name{};
    std::string m_bytes{};
    std::string m_statement{};
    std::vector<WorldParam> m_params{};
    WorldAnswer m_answer{};
    bool m_failed = false;  ///< messages up to the next Sync don't count
    bool m_copying = false;
    std::string m_copied{};
    char m_standing = 'I';  ///< of the transaction: none, open, failed
    bool m_immediate = false;  ///< references are looked at behind each statement of the transaction
    std::optional<WorldTables> m_mine{}, m_saved{};
    std::map<std::string, PostgresqlWorld::Marker> m_markers{};
};

}  // namespace rw::test
