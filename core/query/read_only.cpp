#include "core/query/read_only.h"

#include <sqlite3.h>

#include <algorithm>

#include "core/query/query_words.h"

namespace rw {

namespace {

/// What a statement would do, and where that belongs.
struct Verb {
    std::string_view word;
    Text mend;
};

const Verb* verbOf(std::string_view word) {
    static const Text rows =
        RW_TEXT("query", "Write rows with a sink of the pipeline, and ask for them here.");
    static const Text tables = RW_TEXT("query", "A sink makes its tables, with the columns of its input.");
    static const Text files =
        RW_TEXT("query", "The databases that sinks of this pipeline write are there already.");
    static const Text moment =
        RW_TEXT("query", "Leave it out: each statement reads the tables as they are at one moment.");
    static const Text care =
        RW_TEXT("query", "Do this with another program, while no run writes the database.");
    static const Text columns = RW_TEXT("query", "Tables and their columns are in the list at the left.");
    static const Verb verbs[] = {
        {"INSERT", rows},     {"REPLACE", rows},     {"UPDATE", rows},    {"DELETE", rows},
        {"CREATE", tables},   {"DROP", tables},      {"ALTER", tables},   {"ATTACH", files},
        {"DETACH", files},    {"BEGIN", moment},     {"COMMIT", moment},  {"END", moment},
        {"ROLLBACK", moment}, {"SAVEPOINT", moment}, {"RELEASE", moment}, {"VACUUM", care},
        {"REINDEX", care},    {"ANALYZE", care},     {"PRAGMA", columns}};
    const auto found =
        std::find_if(std::begin(verbs), std::end(verbs), [&](const Verb& each) { return each.word == word; });
    return found != std::end(verbs) ? found : nullptr;
}

Text sentence(std::string_view word) {
    if (word == "INSERT" || word == "REPLACE" || word == "UPDATE" || word == "DELETE")
        return RW_TEXT("query", "This tab only reads. %1 belongs into a sink.").with(word);
    return RW_TEXT("query", "This tab only reads. %1 has no place here.").with(word);
}

bool isOwnTableOfSqlite(const std::string& name) {
    return name.starts_with("sqlite_");
}

/// What is done to the tables of SQLite itself is part of something else.
std::string_view wordOf(int action, const std::string& what) {
    switch (action) {
        case SQLITE_INSERT:
            return isOwnTableOfSqlite(what) ? "CREATE" : "INSERT";
        case SQLITE_UPDATE:
            return "UPDATE";
        case SQLITE_DELETE:
            return isOwnTableOfSqlite(what) ? "DROP" : "DELETE";
        case SQLITE_PRAGMA:
            return "PRAGMA";
        case SQLITE_ATTACH:
            return "ATTACH";
        case SQLITE_DETACH:
            return "DETACH";
        case SQLITE_TRANSACTION:
            return "BEGIN";
        case SQLITE_SAVEPOINT:
            return "SAVEPOINT";
        case SQLITE_ALTER_TABLE:
            return "ALTER";
        case SQLITE_REINDEX:
            return "REINDEX";
        case SQLITE_ANALYZE:
            return "ANALYZE";
        default: {
            const bool drops = action >= SQLITE_DROP_INDEX && action <= SQLITE_DROP_VIEW;
            return drops || action == SQLITE_DROP_VTABLE ? "DROP" : "CREATE";
        }
    }
}

std::string text(const char* given) {
    return given != nullptr ? given : std::string();
}

}  // namespace

void ReadOnly::watch() {
    m_tables.clear();
    m_refused = 0;
    m_what.clear();
    m_database.check(sqlite3_set_authorizer(m_database.getHandle(), decide, this));
}

void ReadOnly::rest() {
    sqlite3_set_authorizer(m_database.getHandle(), nullptr, nullptr);
}

int ReadOnly::refuse(int action, const char* what) {
    if (m_refused == 0) {
        m_refused = action;
        m_what = text(what);
    }
    return SQLITE_DENY;
}

int ReadOnly::decide(void* self, int action, const char* first, const char* second, const char* schema,
                     const char* by) {
    ReadOnly& me = *static_cast<ReadOnly*>(self);
    switch (action) {
        case SQLITE_SELECT:
        case SQLITE_RECURSIVE:
            return SQLITE_OK;
        case SQLITE_READ:
            if (by == nullptr && first != nullptr) me.m_tables.insert({text(schema), first});
            return SQLITE_OK;
        case SQLITE_FUNCTION:
            return queryFunction(text(second)) != nullptr ? SQLITE_OK : me.refuse(action, second);
        default:
            return me.refuse(action, first);
    }
}

Status ReadOnly::refusal() const {
    if (m_refused == SQLITE_FUNCTION) {
        return {ErrorCode::Invalid, RW_TEXT("query", "The function “%1” can't be called here.").with(m_what),
                RW_TEXT("query", "Ctrl+Space lists those that can.")};
    }
    // A virtual table is declared to SQLite as if it were made.
    if (m_refused == SQLITE_UPDATE && isOwnTableOfSqlite(m_what)) {
        return {ErrorCode::Invalid,
                RW_TEXT("query", "Virtual tables can't be asked here, such as pragma_table_info."),
                RW_TEXT("query", "Tables and their columns are in the list at the left.")};
    }
    const Verb* verb = verbOf(wordOf(m_refused, m_what));
    return {ErrorCode::Invalid, sentence(verb->word), verb->mend};
}

std::optional<Status> refusedStatement(const std::string& word) {
    const Verb* verb = verbOf(word);
    if (verb == nullptr) return std::nullopt;
    return Status(ErrorCode::Invalid, sentence(verb->word), verb->mend);
}

}  // namespace rw
