// A lineage of runs that write the same rows into a file, once a checkpoint.
#pragma once
#include <fmt/format.h>

#include <cerrno>
#include <memory>
#include <string>
#include <vector>

#include "core/connect/files/epoch_file.h"
#include "tests/unit/connect/dying_files.h"

namespace rw::test {

constexpr const char* kOut = "/f/out";

inline std::string saidBy(const Status& status) {
    return status.ok() ? std::string() : english(status.error());
}

/// The state of the file in a checkpoint.
struct SavedEpoch {
    Epoch epoch = 0;
    std::string state{};
    bool ended = false;
};

/// A lineage of runs that write the same rows, as far as their file goes.
struct EpochStory {
    bool atEnd = false;
    std::size_t mostInMemory = std::size_t{1} << 20;
    Epoch epochs = 3;
    std::string path = kOut, folder = "/f", head = "head\n";

    EpochFileOptions options(const std::shared_ptr<OutputFiles>& files) const {
        EpochFileOptions made;
        made.path = path;
        made.folder = folder;
        made.sink = "line/out";
        made.head = head;
        made.atEnd = atEnd;
        made.means.files = files;
        made.mostInMemory = mostInMemory;
        return made;
    }
    static std::string rows(Epoch epoch, int batch) {
        std::string text;
        for (int row = 0; row < 4; ++row) text += fmt::format("{},{},{},and more\n", epoch, batch, row);
        return text;
    }
    std::string whole(Epoch upTo) const {
        std::string text = head;
        for (Epoch epoch = 1; epoch <= upTo; ++epoch) {
            for (int batch = 0; batch < 3; ++batch) text += rows(epoch, batch);
        }
        return text;
    }

    /// One run, from the newest of `saved`, to which it adds its own. With `ends` the last epoch is its end,
    /// else it is stopped there.
    Status live(const std::shared_ptr<DyingFiles>& files, std::vector<SavedEpoch>& saved, bool ends) const {
        EpochFile file(options(files));
        const SavedEpoch from = saved.empty() ? SavedEpoch{} : saved.back();
        if (from.epoch > 0) {
            RW_TRY_ASSIGN(const StateReader state, StateReader::open(from.state));
            RW_TRY(file.restore(state));
        }
        if (from.ended) file.setLast();
        RW_TRY(file.open());
        if (from.epoch > 0) RW_TRY(file.commit());
        for (Epoch epoch = from.epoch + 1; epoch <= epochs; ++epoch) {
            // One batch comes before the epoch ahead of it is committed.
            for (int batch = epoch == from.epoch + 1 ? 0 : 1; batch < 3; ++batch)
                RW_TRY(give(file, epoch, batch));
            const bool last = ends && epoch == epochs;
            if (last) file.setLast();
            RW_TRY(file.prepare(epoch));
            // A dead process decides nothing.
            if (files->dead()) return unwritable({EIO, std::generic_category()}, path);
            StateWriter out;
            file.snapshot(out);
            saved.push_back({epoch, out.finish(), last});
            if (epoch < epochs) RW_TRY(give(file, epoch + 1, 0));
            RW_TRY(file.commit());
        }
        if (!ends) file.abort();
        file.close();
        return {};
    }

 private:
    static Status give(EpochFile& file, Epoch epoch, int batch) {
        file.buffer() += rows(epoch, batch);
        return file.keepShort();
    }
};

}  // namespace rw::test
