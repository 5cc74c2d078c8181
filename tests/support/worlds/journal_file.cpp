#include "tests/support/worlds/journal_file.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <utility>
#include <vector>

#include "core/connect/files/compressed_file.h"
#include "core/connect/files/system_files.h"

namespace rw::test {

namespace {

/// Most of it is zeros: the parts that are not, and where they begin.
struct UnpackedJournal {
    std::vector<std::pair<std::uint64_t, std::vector<char>>> parts{};
    std::uint64_t size = 0;
};

UnpackedJournal unpacked() {
    constexpr std::size_t kPart = 4'096;
    const std::string packed = std::string(RILLWRIGHT_SOURCE) + "/tests/unit/connect/fixtures/log.journal.gz";
    const Result<std::unique_ptr<InputFile>> file = openContent(*systemFiles(), packed);
    if (!file.ok()) throw std::runtime_error(english(file.error()));
    UnpackedJournal journal;
    for (;;) {
        std::vector<char> part(kPart);
        const Result<std::size_t> read = (*file)->read(journal.size, part);
        if (!read.ok()) throw std::runtime_error(english(read.error()));
        if (*read == 0) return journal;
        part.resize(*read);
        const bool zeros = std::all_of(part.begin(), part.end(), [](char c) { return c == 0; });
        if (!zeros) journal.parts.emplace_back(journal.size, std::move(part));
        journal.size += *read;
    }
}

}  // namespace

void writeJournalFile(const std::string& path) {
    static const UnpackedJournal journal = unpacked();
    std::ofstream out(path, std::ios::binary);
    for (const auto& [offset, part] : journal.parts) {
        out.seekp(static_cast<std::streamoff>(offset));
        out.write(part.data(), static_cast<std::streamsize>(part.size()));
    }
    out.close();
    std::filesystem::resize_file(path, journal.size);
}

}  // namespace rw::test
