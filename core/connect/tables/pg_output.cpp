#include "core/connect/tables/pg_output.h"

#include <charconv>
#include <iterator>

#include "core/connect/tables/pg_bytes.h"

namespace rw {

namespace {

Status noMessage() {
    return {ErrorCode::Internal, RW_TEXT("tables", "The server sent a change that can't be read."),
            RW_TEXT("tables", "See whether something between here and the server changes what is sent.")};
}

PgTuple readTuple(PgBytes& in) {
    const auto columns = in.number<std::uint16_t>();
    PgTuple tuple;
    for (std::uint16_t i = 0; i < columns && !in.failed(); ++i) {
        PgCell& cell = tuple.emplace_back();
        switch (in.letter()) {
            case 'n':
                break;
            case 'u':
                cell.form = PgCell::Form::Unchanged;
                break;
            case 't':
                cell.form = PgCell::Form::Text;
                cell.text = in.bytes(in.number<std::uint32_t>());
                break;
            default:
                in.fail();  // values in binary were not asked for
        }
    }
    return tuple;
}

void readRelation(PgBytes& in, PgMessage& message) {
    PgRelation& described = message.described;
    message.relation = described.id = in.number<std::uint32_t>();
    described.schema = in.name();
    described.table = in.name();
    described.identity = in.letter();
    const auto columns = in.number<std::uint16_t>();
    for (std::uint16_t i = 0; i < columns && !in.failed(); ++i) {
        PgRelation::Column& column = described.columns.emplace_back();
        (void)in.letter();  // whether it is a part of the key
        column.name = in.name();
        column.type = in.number<std::uint32_t>();
        (void)in.number<std::uint32_t>();  // its modifier
    }
}

void readChange(PgBytes& in, PgMessage& message) {
    message.relation = in.number<std::uint32_t>();
    char part = in.letter();
    if (part == 'K' || part == 'O') {
        message.oldForm = part;
        message.before = readTuple(in);
        if (message.sort == PgMessage::Sort::Deletes) return;
        part = in.letter();
    }
    if (part != 'N' || message.sort == PgMessage::Sort::Deletes) return in.fail();
    message.after = readTuple(in);
}

}  // namespace

std::string lsnText(PgLsn lsn) {
    constexpr int kHalf = 32, kHex = 16;
    std::string text;
    const auto append = [&text](std::uint32_t half) {
        char digits[8];
        const auto [end, error] = std::to_chars(std::begin(digits), std::end(digits), half, kHex);
        (void)error;  // there is room
        for (const char* at = digits; at != end; ++at)
            text += *at >= 'a' ? static_cast<char>(*at - 'a' + 'A') : *at;
    };
    append(static_cast<std::uint32_t>(lsn >> kHalf));
    text += '/';
    append(static_cast<std::uint32_t>(lsn));
    return text;
}

Result<PgLsn> readPgLsn(std::string_view text) {
    constexpr int kHalf = 32, kHex = 16;
    const std::size_t slash = text.find('/');
    std::uint32_t high = 0, low = 0;
    const auto read = [](std::string_view digits, std::uint32_t& value) {
        const char* const end = digits.data() + digits.size();
        const auto [until, error] = std::from_chars(digits.data(), end, value, kHex);
        return error == std::errc() && until == end;
    };
    if (slash == std::string_view::npos || !read(text.substr(0, slash), high) ||
        !read(text.substr(slash + 1), low)) {
        return Status(ErrorCode::Invalid,
                      RW_TEXT("tables", "“%1” is no place in a log of PostgreSQL.").with(std::string(text)));
    }
    return (PgLsn{high} << kHalf) | low;
}

Result<PgMessage> readPgMessage(std::string_view bytes) {
    PgBytes in(bytes);
    PgMessage message;
    switch (in.letter()) {
        case 'B':
            message.sort = PgMessage::Sort::Begins;
            message.end = in.number<std::uint64_t>();
            (void)in.number<std::uint64_t>();  // its time
            (void)in.number<std::uint32_t>();  // of the transaction
            break;
        case 'C':
            message.sort = PgMessage::Sort::Commits;
            (void)in.letter();                 // flags, none so far
            (void)in.number<std::uint64_t>();  // of the commit itself
            message.end = in.number<std::uint64_t>();
            (void)in.number<std::uint64_t>();  // its time
            break;
        case 'R':
            message.sort = PgMessage::Sort::Describes;
            readRelation(in, message);
            break;
        case 'I':
            message.sort = PgMessage::Sort::Inserts;
            readChange(in, message);
            break;
        case 'U':
            message.sort = PgMessage::Sort::Updates;
            readChange(in, message);
            break;
        case 'D':
            message.sort = PgMessage::Sort::Deletes;
            readChange(in, message);
            break;
        case 'T': {
            message.sort = PgMessage::Sort::Truncates;
            const auto count = in.number<std::uint32_t>();
            (void)in.letter();  // CASCADE, RESTART IDENTITY
            for (std::uint32_t i = 0; i < count && !in.failed(); ++i)
                message.relations.push_back(in.number<std::uint32_t>());
            break;
        }
        case 'Y':  // a type
        case 'O':  // a transaction that was replicated itself
        case 'M':  // a message of a program, not of a table
            break;
        default:
            in.fail();
    }
    if (in.failed()) return noMessage();
    return message;
}

}  // namespace rw
