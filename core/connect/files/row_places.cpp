// Finding rows in files by their numbers.
#include <algorithm>
#include <array>

#include "core/connect/files/compressed_file.h"
#include "core/connect/files/file_source.h"
#include "core/connect/files/system_files.h"

namespace rw {

namespace {

Status givenUp() {
    return {ErrorCode::Cancelled, RW_TEXT("files", "It was cancelled.")};
}

/// Sets the lines of places in one file; they rise.
Status countLines(const Files& files, const std::vector<PlaceInFile*>& places,
                  const std::function<bool()>& stops) {
    RW_TRY_ASSIGN(const std::unique_ptr<InputFile> file, openContent(files, places.front()->file));
    std::vector<char> block(std::size_t{1} << 18);
    std::uint64_t offset = 0, lines = 1;
    auto next = places.begin();
    while (next != places.end()) {
        if (stops()) return givenUp();
        RW_TRY_ASSIGN(const std::size_t bytes, file->read(offset, block));
        if (bytes == 0) break;
        std::size_t counted = 0;
        for (; next != places.end() && (*next)->offset <= offset + bytes; ++next) {
            const auto until = static_cast<std::size_t>((*next)->offset - offset);
            lines +=
                static_cast<std::uint64_t>(std::count(block.data() + counted, block.data() + until, '\n'));
            counted = until;
            (*next)->line = lines;
        }
        lines += static_cast<std::uint64_t>(std::count(block.data() + counted, block.data() + bytes, '\n'));
        offset += bytes;
    }
    return {};
}

}  // namespace

Result<std::vector<PlaceInFile>> FileSource::origins(const std::vector<std::int64_t>& numbers,
                                                     const std::function<bool()>& stops) {
    std::vector<PlaceInFile> places(numbers.size());
    RW_TRY(m_reader.open());
    std::int64_t before = 0;  // rows of the pieces before
    std::size_t next = 0;
    while (next < numbers.size()) {
        if (stops()) return givenUp();
        RW_TRY_ASSIGN(const FileReader::Next what, nextPiece());
        if (what != FileReader::Next::Piece) break;
        FilePiece piece = m_piece;
        m_piece.begin = m_piece.end;
        FilePiece whole = piece;
        const auto all = takeChunk(*m_format, whole, whole.end, 0);
        const std::int64_t rows = parseChunk(*m_format, *all).rowsRead;
        if (numbers[next] >= before + rows) {
            before += rows;
            continue;
        }
        // Each row by itself: some, empty lines, count for none.
        while (piece.begin < piece.end && next < numbers.size()) {
            const std::string_view rest = piece.view();
            const std::size_t size = piece.overlong ? rest.size() : m_format->framing().firstRow(rest, true);
            const std::size_t begin = piece.begin;
            const std::string_view row = rest.substr(0, size == 0 ? rest.size() : size);
            const auto one = takeChunk(*m_format, piece, begin + row.size(), 0);
            ParsedChunk parsed = parseChunk(*m_format, *one);
            if (parsed.rowsRead == 0) continue;
            for (; next < numbers.size() && numbers[next] == before; ++next) {
                PlaceInFile& place = places[next];
                place.file = m_reader.file();
                place.offset = piece.origin + begin;
                place.text = std::string(m_format->framing().messageOf(row));
                if (!parsed.batches.empty()) place.row = parsed.batches.front();
            }
            ++before;
        }
        if (next < numbers.size()) {
            // The rest of the piece has none of them, or all were found.
            while (piece.begin < piece.end) {
                const auto one = takeChunk(*m_format, piece, piece.end, 0);
                before += parseChunk(*m_format, *one).rowsRead;
            }
        }
    }
    const std::shared_ptr<const Files> files = m_files ? m_files : systemFiles();
    for (std::size_t from = 0; from < places.size();) {
        std::vector<PlaceInFile*> ofFile;
        const std::string& file = places[from].file;
        for (; from < places.size() && places[from].file == file; ++from) ofFile.push_back(&places[from]);
        if (!file.empty()) RW_TRY(countLines(*files, ofFile, stops));
    }
    return places;
}

}  // namespace rw
