#include "core/connect/files/epoch_record.h"

#include <span>

#include "core/connect/files/output_path.h"
#include "core/connect/files/pending_output.h"

namespace rw {

namespace {

constexpr std::size_t kMostRecordBytes = std::size_t{16} << 10;  // names of sinks are short

std::string recordPath(const std::string& target) {
    return besidePath(target, ".rill-epochs");
}

std::string newRecordPath(const std::string& target) {
    return besidePath(target, ".rill-epochs-new");
}

Result<EpochRecord> decodedRecord(std::string_view bytes) {
    RW_TRY_ASSIGN(const StateReader state, StateReader::open(bytes));
    EpochRecord record;
    RW_TRY_ASSIGN(record.sink, state.bytes("sink"));
    RW_TRY_ASSIGN(record.epoch, state.u64("epoch"));
    RW_TRY_ASSIGN(const std::uint64_t replaces, state.u64("replaces"));
    RW_TRY_ASSIGN(record.least, state.u64("least"));
    RW_TRY_ASSIGN(record.most, state.u64("most"));
    RW_TRY_ASSIGN(record.leastSum, state.u64("least_sum"));
    RW_TRY_ASSIGN(record.mostSum, state.u64("most_sum"));
    record.replaces = replaces != 0;
    return record;
}

}  // namespace

Status writeEpochRecord(OutputFiles& files, const std::string& target, const EpochRecord& record) {
    StateWriter state;
    state.bytes("sink", record.sink);
    state.u64("epoch", record.epoch);
    state.u64("replaces", record.replaces ? 1 : 0);
    state.u64("least", record.least);
    state.u64("most", record.most);
    state.u64("least_sum", record.leastSum);
    state.u64("most_sum", record.mostSum);
    const std::string path = recordPath(target), anew = newRecordPath(target);
    files.remove(anew);
    RW_TRY_ASSIGN(const std::unique_ptr<OutputFile> file, files.create(anew, target, path));
    RW_TRY(writeAll(*file, state.finish()));
    RW_TRY(file->sync());
    RW_TRY(file->close());
    return files.rename(anew, path, path);
}

std::optional<EpochRecord> readEpochRecord(const OutputFiles& files, const std::string& target) {
    const Result<std::unique_ptr<InputFile>> file = files.reading(recordPath(target));
    if (!file.ok()) return std::nullopt;
    std::string bytes(kMostRecordBytes, '\0');
    std::size_t size = 0;
    while (size < bytes.size()) {
        const Result<std::size_t> read = (*file)->read(size, std::span(bytes).subspan(size));
        if (!read.ok()) return std::nullopt;
        if (*read == 0) break;
        size += *read;
    }
    Result<EpochRecord> record = decodedRecord(std::string_view(bytes).substr(0, size));
    return record.ok() ? std::optional(std::move(*record)) : std::nullopt;
}

void forgetEpochs(OutputFiles& files, const std::string& target) {
    const std::optional<EpochRecord> record = readEpochRecord(files, target);
    const Epoch placed = record ? record->epoch : 0;
    PendingOutput::clearOpen(files, target);
    PendingOutput::clearSealed(files, target, placed, placed + kSealedBehind);
    files.remove(newRecordPath(target));
    files.remove(recordPath(target));
}

}  // namespace rw
