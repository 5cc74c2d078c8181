#include "core/connect/files/first_rows.h"

#include <algorithm>

#include "core/connect/files/file_reader.h"
#include "core/connect/messages/lines.h"
#include "core/data/text.h"
#include "core/data/trim.h"

namespace rw {

namespace {

Status onlyOverlong(const std::string& file, const Framing& framing) {
    const std::size_t mebibytes = std::max<std::size_t>(framing.longestRow() >> 20, 1);
    return {ErrorCode::Invalid, RW_TEXT("files", "“%1” has no row of %2 MiB or less.").with(file, mebibytes),
            RW_TEXT("files", "Choose a file whose rows stand on lines of their own.")};
}

}  // namespace

Status readFirstRows(const std::string& path, const Framing& framing,
                     const std::function<Result<bool>(std::string_view row, const std::string& file)>& take,
                     const std::function<Result<bool>(std::uint64_t bytes)>& more) {
    FileReader reader({.path = path, .goesOn = more}, framing);
    RW_TRY(reader.open());
    std::string first;
    bool taken = false, overlong = false;
    for (;;) {
        FilePiece piece;
        RW_TRY_ASSIGN(const FileReader::Next next, reader.next(piece));
        if (first.empty()) first = reader.file();
        if (next != FileReader::Next::Piece || reader.file() != first)
            return overlong && !taken ? onlyOverlong(first, framing) : Status();
        overlong = overlong || piece.overlong;
        std::string_view rest = piece.overlong ? std::string_view() : piece.view();
        while (!rest.empty()) {
            const std::string_view row = rest.substr(0, framing.firstRow(rest, true));
            rest.remove_prefix(row.size());
            if (withoutLineEnd(row).empty()) continue;
            taken = true;
            RW_TRY_ASSIGN(const bool wanted, take(row, first));
            if (!wanted) return {};
        }
    }
}

ColumnGuess::ColumnGuess(const Schema& declared, const ColumnIndex& places, std::string_view name) {
    const auto column = places.find(name);
    if (!column) return;
    const Type type = declared.fields[static_cast<std::size_t>(*column)].type;
    if (!type.is(TypeId::String)) m_declared = type;
}

Type ColumnGuess::type() const {
    const Type guess = m_guess.type();
    const bool mostly = guess.is(TypeId::String) && m_others * 2 <= m_values;
    return m_declared && (m_others == 0 || mostly) ? *m_declared : guess;
}

bool isDigitCode(std::string_view text) {
    text = trimmed(text);
    if (text.starts_with('+')) return true;
    if (text.starts_with('-')) text.remove_prefix(1);
    const bool digits = !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
    return (text.size() > 1 && text[0] == '0' && text[1] >= '0' && text[1] <= '9') ||
           (digits && !parseBigint(text));
}

}  // namespace rw
