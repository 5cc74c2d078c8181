#include "core/lineage/with_late.h"

#include <string>

#include "core/base/figures.h"
#include "core/stream/lineage/row_match.h"

namespace rw {

Text withLateWords(const WithLate& with) {
    switch (with.told) {
        case WithLate::Told::Nothing:
            return {};
        case WithLate::Told::TooMany:
            return RW_TEXT("lineage",
                           "What it would be with the rows that came too late is not computed: they are more "
                           "than %1.")
                .with(figures::count(kMostLateCounted));
        case WithLate::Told::Rejected:
            return RW_TEXT("lineage", "With all rows that came too late it could not be computed: %1")
                .with(with.why);
        case WithLate::Told::OtherWindow:
            return RW_TEXT("lineage",
                           "With all rows that came too late its session would be longer: there would be "
                           "another row in its place.");
        case WithLate::Told::Row:
            break;
    }
    if (with.now.rows == 0)
        return RW_TEXT("lineage", "With all rows that came too late it would have the same values.");
    std::string changes;
    for (std::size_t i = 0; i < with.now.columns.size(); ++i) {
        changes += (changes.empty() ? "" : ", ") + with.now.schema->fields[i].name + " = " +
                   cellValueText(*with.now.columns[i], 0) + " → " + cellValueText(*with.then.columns[i], 0);
    }
    return RW_TEXT("lineage", "With all rows that came too late: %1").with(changes);
}

}  // namespace rw
