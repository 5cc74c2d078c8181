#include "core/query/query_error.h"

#include <sqlite3.h>

#include <algorithm>

#include "core/base/ascii.h"
#include "core/connect/sqlite/file.h"
#include "core/data/schema.h"
#include "core/query/alert_rows.h"
#include "core/query/query_names.h"
#include "core/query/query_text.h"

namespace rw {

namespace {

constexpr std::string_view kNoTable = "no such table: ", kNoColumn = "no such column: ",
                           kNoFunction = "no such function: ", kAmbiguous = "ambiguous column name: ",
                           kUnsafe = "unsafe use of ", kSyntax = "syntax error";

/// What stands behind the words; empty: the message does not begin with them.
std::string behind(std::string_view message, std::string_view words) {
    return message.starts_with(words) ? std::string(message.substr(words.size())) : std::string();
}

/// The part of “live.orders” behind the last dot.
std::string lastPart(const std::string& name) {
    const auto dot = name.rfind('.');
    return dot == std::string::npos ? name : name.substr(dot + 1);
}

std::string nearest(const std::string& name, const std::vector<std::string>& names) {
    Schema all;
    for (const std::string& each : names) all.fields.push_back({each, Type::of(TypeId::String)});
    return nearestName(lastPart(name), all);
}

/// The token at a byte; nothing behind the last one.
QueryPlace placeAt(const std::string& sql, int at) {
    if (at < 0) return {};
    for (const SqlToken& token : sqlTokens(sql)) {
        if (token.span.end > static_cast<std::size_t>(at))
            return {token.span.begin, token.span.end - token.span.begin};
    }
    return {};
}

/// The first token that stands for the name.
QueryPlace placeOf(const std::string& sql, const std::string& name) {
    for (const SqlToken& token : sqlTokens(sql)) {
        const bool names = token.kind == SqlToken::Kind::Word || token.kind == SqlToken::Kind::Quoted;
        if (names && sameAsciiWord(nameIn(sql, token), name))
            return {token.span.begin, token.span.end - token.span.begin};
    }
    return {};
}

Status invalid(Text message, Text fix) {
    return {ErrorCode::Invalid, std::move(message), std::move(fix)};
}

Text didYouMean(const std::string& name) {
    return RW_TEXT("query", "Did you mean “%1”?").with(queryName(name));
}

Text listed() {
    return RW_TEXT("query", "Tables and their columns are in the list at the left.");
}

/// In quotes a name that is none is taken for a text, and the other way about.
Text columnFix(const std::string& name, const KnownNames& known, bool quoted) {
    if (quoted) return RW_TEXT("query", "A text stands in single quotes: 'text'.");
    const std::string near = nearest(name, known.columns);
    return near.empty() ? listed() : didYouMean(near);
}

Status words(const std::string& message, const std::string& sql, const QueryPlace& place,
             const KnownNames& known) {
    const std::string_view there = std::string_view(sql).substr(place.at, place.length);
    if (const std::string name = behind(message, kNoTable); !name.empty()) {
        const std::string near = nearest(name, known.tables);
        const auto isIn = [small = inAsciiSmall(name)](std::string_view schema) {
            return small.starts_with(std::string(schema) + '.');
        };
        return invalid(
            RW_TEXT("query", "There is no table “%1”.").with(name),
            !near.empty() ? didYouMean(near)
            : sameSqliteName(name, std::string(kAlertsTable))
                ? RW_TEXT("query", "Run a pipeline with an alert node: the table has the alerts of its run.")
            : isIn(kLiveSchema)
                ? RW_TEXT("query", "Run the pipeline: live tables have the newest rows of its run.")
            : isIn(kTapeSchema) ? RW_TEXT("query", "Record a run, or run live sources, and ask again.")
                                : listed());
    }
    if (const std::string name = behind(message, kNoColumn); !name.empty()) {
        return invalid(RW_TEXT("query", "There is no column “%1”.").with(name),
                       columnFix(name, known, there.starts_with('"')));
    }
    if (const std::string name = behind(message, kAmbiguous); !name.empty()) {
        return invalid(RW_TEXT("query", "Several tables have a column “%1”.").with(name),
                       RW_TEXT("query", "Write its table before it, with a dot between."));
    }
    if (const std::string name = behind(message, kNoFunction); !name.empty()) {
        return invalid(RW_TEXT("query", "There is no function “%1”.").with(name),
                       RW_TEXT("query", "Ctrl+Space lists the functions of SQLite."));
    }
    if (std::string name = behind(message, kUnsafe); !name.empty()) {
        name.resize(std::min(name.find('('), name.size()));
        return invalid(RW_TEXT("query", "The function “%1” can't be called here.").with(name),
                       RW_TEXT("query", "Ctrl+Space lists those that can."));
    }
    if (message == "incomplete input") {
        return invalid(RW_TEXT("query", "The statement ends too early."),
                       RW_TEXT("query", "Look for a bracket or a quote that is not closed."));
    }
    if (message.ends_with(kSyntax) && !there.empty()) {
        return invalid(RW_TEXT("query", "“%1” is not expected here.").with(there),
                       RW_TEXT("query", "Look at the words before it: one is missing there, or misspelt."));
    }
    return invalid(RW_TEXT("query", "SQLite can't run the statement: %1.").with(message), {});
}

}  // namespace

SqlMistake lastMistake(SQLite::Database& database) {
    return {sqlite3_errmsg(database.getHandle()), sqlite3_error_offset(database.getHandle())};
}

std::string missingTable(const SqlMistake& mistake) {
    return behind(mistake.message, kNoTable);
}

QueryAnswer statementError(const SqlMistake& mistake, const std::string& sql, const KnownNames& known) {
    QueryPlace place = placeAt(sql, mistake.at);
    if (place.length == 0) {
        for (const std::string_view begin : {kNoTable, kNoColumn, kAmbiguous, kNoFunction}) {
            const std::string name = behind(mistake.message, begin);
            if (!name.empty()) place = placeOf(sql, lastPart(name));
        }
    }
    return {words(mistake.message, sql, place, known), place, {}};
}

}  // namespace rw
