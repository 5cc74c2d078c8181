#include "core/state/carried/content_of_files.h"

#include <limits>
#include <memory>
#include <set>
#include <utility>

#include "core/data/raw_fields.h"
#include "core/data/state_layout.h"
#include "core/store/sorted_run.h"

namespace rw {

Result<std::string> withContent(std::string_view state, const SavedRuns& runs) {
    RW_TRY_ASSIGN(const StateReader reader, StateReader::open(state));
    RW_TRY_ASSIGN(const auto files, reader.files());
    if (files.empty()) return std::string(state);
    RW_TRY_ASSIGN(const RawRecord record, rawRecord(state.substr(state_layout::kSealSize)));
    RawRecordWriter out(record.version);
    std::set<std::string> read;
    for (const RawField& field : record.fields) {
        if (field.type != StateType::File) {
            out.copy(field);
            continue;
        }
        RW_TRY_ASSIGN(const StateReader about, StateReader::unsealed(field.payload));
        RW_TRY_ASSIGN(SavedRun saved, SavedRun::read(about));
        if (!read.insert(saved.name).second) continue;
        const std::unique_ptr<SortedRun> run = runs.open(std::move(saved));
        StateWriter content;
        std::size_t next = 0;
        RW_TRY(writeContent(*run, field.name, next, std::numeric_limits<std::size_t>::max() / 2, content));
        out.append(content.takeFields());
    }
    return out.sealed();
}

}  // namespace rw
