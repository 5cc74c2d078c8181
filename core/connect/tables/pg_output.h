// Messages of pgoutput, PostgreSQL's plugin of logical decoding, protocol version 1:
// https://www.postgresql.org/docs/15/protocol-logicalrep-message-formats.html
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.h"

namespace rw {

/// A place in the write-ahead log of a PostgreSQL server.
using PgLsn = std::uint64_t;
/// “16/B374D848”, as PostgreSQL writes it.
std::string lsnText(PgLsn lsn);
Result<PgLsn> readPgLsn(std::string_view text);

/// A value of a row that changed, as text.
struct PgCell {
    enum class Form : std::uint8_t {
        Null,
        Unchanged,  ///< a long value that the change left as it was: the message does not have it
        Text
    } form = Form::Null;
    std::string_view text{};
};
using PgTuple = std::vector<PgCell>;

struct PgRelation {
    std::uint32_t id = 0;
    std::string schema{}, table{};
    char identity = 'd';  ///< what messages have of an old row: f: all of it, d, i: its key, n: nothing
    struct Column {
        std::string name{};
        std::uint32_t type = 0;  ///< oid
        bool operator==(const Column&) const = default;
    };
    std::vector<Column> columns{};
    bool operator==(const PgRelation&) const = default;
};

/// One message. Texts point into its bytes.
struct PgMessage {
    enum class Sort : std::uint8_t {
        Begins,
        Commits,
        Describes,
        Inserts,
        Updates,
        Deletes,
        Truncates,
        Unused
    };
    Sort sort = Sort::Unused;
    PgLsn end = 0;               ///< Begins: of the commit, which names the transaction; Commits: behind it
    std::uint32_t relation = 0;  ///< Inserts, Updates, Deletes: whose rows; Describes
    PgRelation described{};      ///< Describes: the table as it is from here on
    char oldForm = 0;  ///< Updates, Deletes: O: `before` is the whole row, K: its key; 0: it is missing
    PgTuple before{}, after{};
    std::vector<std::uint32_t> relations{};  ///< Truncates: emptied ones
};

/// Bytes of anybody: an error where they are no message.
Result<PgMessage> readPgMessage(std::string_view bytes);

}  // namespace rw
