// What a query may do: read, and call functions that change nothing. Asked by SQLite while it prepares a
// statement, also for what views do behind it.
#pragma once
#include <SQLiteCpp/Database.h>

#include <optional>
#include <set>
#include <string>

#include "core/base/status.h"
#include "core/query/query.h"

namespace rw {

/// The authorizer of a connection, which it must outlive.
class ReadOnly {
 public:
    explicit ReadOnly(SQLite::Database& database) : m_database(database) {}
    ~ReadOnly() { rest(); }
    ReadOnly(const ReadOnly&) = delete;
    ReadOnly& operator=(const ReadOnly&) = delete;

    void watch();  ///< from now on
    void rest();   ///< the connection does all that the program asks of it

    /// The tables that statements prepared since watch() read, without those behind views. Of one that is
    /// only counted no schema is known where the statement names none; it may be none at all, but a part of
    /// WITH.
    const std::set<QueryTable>& tables() const { return m_tables; }
    bool hasRefused() const { return m_refused != 0; }
    /// What was refused, by what the statement would do.
    Status refusal() const;

 private:
    static int decide(void* self, int action, const char* first, const char* second, const char* schema,
                      const char* by);
    int refuse(int action, const char* what);

    SQLite::Database& m_database;
    std::set<QueryTable> m_tables{};
    int m_refused = 0;  ///< the action of SQLite; 0: none
    std::string m_what{};
};

/// The refusal of a statement that begins with this word, in capitals; nothing where it may read.
std::optional<Status> refusedStatement(const std::string& word);

}  // namespace rw
