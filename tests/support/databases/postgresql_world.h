// A PostgreSQL in memory: it speaks the protocol on loopback, and knows the statements that clients of this
// program send, and no others. It keeps transactions, savepoints and the lock on a marker's row. Sessions can
// be killed, commits lost, and the server be away.
// It reads tables, too: all rows behind one, or those of some keys; a statement that is the name of a table
// is a query with its rows as texts. It has no log of changes.
#pragma once
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "core/connect/connections/connections.h"

namespace rw::test {

/// As text; nothing: NULL.
using WorldCell = std::optional<std::string>;

struct WorldTable {
    struct Column {
        std::string name{}, declared{};
        std::uint32_t type = 25;
        bool nullable = true;
    };
    std::vector<Column> columns{};
    std::vector<std::string> key{};  ///< its primary key
    std::vector<std::vector<WorldCell>> rows{};
};
using WorldTables = std::map<std::string, std::shared_ptr<const WorldTable>>;

class PostgresqlWorld {
 public:
    PostgresqlWorld();
    ~PostgresqlWorld();
    PostgresqlWorld(const PostgresqlWorld&) = delete;
    PostgresqlWorld& operator=(const PostgresqlWorld&) = delete;

    std::string address() const;
    /// A connection to it, of that name.
    std::shared_ptr<const Connections> connections(const std::string& name) const;
    NodeConnection connection() const;

    /// CREATE TABLE as the client writes it: “"t" ("id" bigint NOT NULL, "v" text, PRIMARY KEY ("id"))”.
    void createTable(const std::string& definition);
    void dropTable(const std::string& name);
    /// Adds rows, each of all columns, as texts.
    void put(const std::string& table, std::vector<std::vector<WorldCell>> rows);
    /// No tables, no markers.
    void clear();
    bool hasTable(const std::string& name) const;
    /// Its rows as “1|a|NULL”, sorted; those that are committed.
    std::vector<std::string> rows(const std::string& table) const;
    /// The number that a marker has; less than 0: there is none.
    std::int64_t marker(const std::string& name) const;
    /// A replication slot, which the process of that number reads from; 0: nobody does.
    void addSlot(const std::string& name, int reader, std::int64_t keptBytes);
    /// All statements that came, in their order.
    std::vector<std::string> statements() const;

    /// A constraint that waits for the end of a transaction: each value of the one column, but for NULL, is
    /// also in the other.
    void refer(const std::string& table, const std::string& column, const std::string& toTable,
               const std::string& toColumn);
    /// A row that holds this text is rejected.
    void reject(const std::string& text);
    /// The next statement that begins so fails with that SQLSTATE.
    void fail(const std::string& beginning, const std::string& state);
    /// Statements that begin so wait for a lock of that session, until release().
    struct Holder {
        std::string session{}, user{}, program{}, openMillis{};
    };
    void hold(const std::string& beginning, const Holder& holder);
    void release();
    bool wasAskedForLocks() const;
    /// Rows of COPY have so many values more than were asked for, from now on; less than 0: fewer.
    void addValues(int more) { m_moreValues = more; }
    /// Nobody is let in from now on, with that SQLSTATE.
    void refuseSignIn(const std::string& state);
    /// The next COMMIT is carried out, or not, and its session ends without an answer.
    void loseCommit(bool carriedOut);
    void killSessions();
    /// Away: sessions end, and nobody is let in.
    void setDown(bool down);

 private:
    friend class WorldSession;
    struct Marker {
        std::string owner{};
        std::int64_t number = 0;
        const void* holder = nullptr;  ///< the session whose transaction has the row
    };
    struct Serving {
        std::shared_ptr<class WorldSession> session{};  ///< shared: its class is not known to tests
        std::thread thread{};
    };

    void listen();
    void forgetDone();
    void endSessions(const void* but, const std::string& name);

    mutable std::mutex m_mutex{};
    std::condition_variable m_news{};
    WorldTables m_tables{};
    std::map<std::string, Marker> m_markers{};
    bool m_hasMarkers = false;
    struct Reference {
        std::string table{}, column{}, toTable{}, toColumn{};
    };
    std::vector<Reference> m_references{};
    std::atomic<int> m_moreValues{0};
    std::vector<std::string> m_statements{}, m_rejected{};
    std::vector<std::pair<std::string, std::string>> m_failures{};
    std::optional<std::pair<std::string, Holder>> m_held{};
    std::string m_signInRefused{};
    std::optional<bool> m_lostCommit{};
    std::map<std::string, std::pair<int, std::int64_t>> m_slots{};
    int m_owners = 0;
    std::list<Serving> m_sessions{};
    std::atomic<bool> m_over{false}, m_down{false};
    int m_listening = -1;
    int m_port = 0;
    std::thread m_accepting{};
};

}  // namespace rw::test
