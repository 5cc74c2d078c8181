#include "core/connect/journal/journal_head.h"

#include <memory>
#include <span>
#include <utility>

#include "core/connect/files/pending_output.h"
#include "core/data/state_reader.h"
#include "core/data/state_writer.h"

namespace rw {

namespace {

constexpr std::size_t kMostHeadBytes = 4096;  // it has an id and two numbers

Result<JournalHead> decodedHead(std::string_view bytes) {
    RW_TRY_ASSIGN(const StateReader state, StateReader::open(bytes));
    JournalHead head;
    RW_TRY_ASSIGN(head.id, state.bytes("id"));
    RW_TRY_ASSIGN(head.firstSegment, state.u64("first_segment"));
    RW_TRY_ASSIGN(head.settled, state.u64("settled"));
    return head;
}

}  // namespace

Status writeJournalHead(OutputFiles& files, const std::string& path, const JournalHead& head) {
    StateWriter state;
    state.bytes("id", head.id);
    state.u64("first_segment", head.firstSegment);
    state.u64("settled", head.settled);
    const std::string anew = path + "-new";
    files.remove(anew);
    RW_TRY_ASSIGN(const std::unique_ptr<OutputFile> file, files.create(anew, path, path));
    RW_TRY(writeAll(*file, state.finish()));
    RW_TRY(file->sync());
    RW_TRY(file->close());
    return files.rename(anew, path, path);
}

Result<std::optional<JournalHead>> readJournalHead(const OutputFiles& files, const std::string& path) {
    Result<std::unique_ptr<InputFile>> file = files.reading(path);
    if (!file.ok()) {
        if (file.error().code == ErrorCode::NotFound) return std::optional<JournalHead>();
        return file.status();
    }
    std::string bytes(kMostHeadBytes, '\0');
    std::size_t size = 0;
    while (size < bytes.size()) {
        RW_TRY_ASSIGN(const std::size_t read, (*file)->read(size, std::span(bytes).subspan(size)));
        if (read == 0) break;
        size += read;
    }
    Result<JournalHead> head = decodedHead(std::string_view(bytes).substr(0, size));
    if (head.ok()) return std::optional(*std::move(head));
    return Status(ErrorCode::Invalid, RW_TEXT("journal", "The journal “%1” is damaged.").with(path),
                  RW_TEXT("journal",
                          "Move it elsewhere and start the run from the beginning: messages that no "
                          "checkpoint has yet are lost then."));
}

}  // namespace rw
