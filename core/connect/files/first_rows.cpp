#include "core/connect/files/first_rows.h"

#include "core/connect/files/file_reader.h"
#include "core/connect/files/lines.h"
#include "core/data/text.h"
#include "core/data/trim.h"

namespace rw {

Status readFirstRows(const std::string& path, const RowSplitter& splitter,
                     const std::function<Result<bool>(std::string_view row, const std::string& file)>& take) {
    FileReader reader({.path = path}, splitter);
    RW_TRY(reader.open());
    std::string first;
    for (;;) {
        FilePiece piece;
        RW_TRY_ASSIGN(const FileReader::Next next, reader.next(piece));
        if (first.empty()) first = reader.file();
        if (next != FileReader::Next::Piece || reader.file() != first) return {};
        std::string_view rest = piece.overlong ? std::string_view() : piece.view();
        while (!rest.empty()) {
            const std::string_view row = rest.substr(0, splitter.firstRow(rest, true));
            rest.remove_prefix(row.size());
            if (withoutLineEnd(row).empty()) continue;
            RW_TRY_ASSIGN(const bool more, take(row, first));
            if (!more) return {};
        }
    }
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
