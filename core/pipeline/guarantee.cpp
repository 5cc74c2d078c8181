#include "core/pipeline/guarantee.h"

#include <utility>

#include "core/base/readable.h"

namespace rw {

namespace {

using Promise = Guarantee::Promise;
using Means = Guarantee::Means;

Text exactlyOnceWords(Means means, Millis every) {
    switch (means) {
        case Means::Transaction:
            if (every <= 0) break;
            return RW_TEXT("guarantee", "Exactly once, every %1").with(durationText(every));
        case Means::ByKey:
            return RW_TEXT("guarantee", "Exactly once by upsert");
        case Means::Rename:
            return RW_TEXT("guarantee", "Exactly once by rename");
        case Means::Position:
        case Means::Journal:
        case Means::Repeats:
        case Means::Nothing:
            break;
    }
    return RW_TEXT("guarantee", "Exactly once");
}

Text exactlyOnceText(Means means) {
    switch (means) {
        case Means::Position:
            return RW_TEXT("guarantee",
                           "After a failure it reads again from its position in the checkpoint: no row is "
                           "lost, and none comes twice.");
        case Means::Journal:
            return RW_TEXT("guarantee",
                           "It keeps what it received until a checkpoint has it: after a failure no row is "
                           "lost, and none comes twice.");
        case Means::Transaction:
            return RW_TEXT("guarantee",
                           "The rows of a checkpoint are put in place together: after a failure no row is "
                           "missing, and none is there twice.");
        case Means::ByKey:
            return RW_TEXT("guarantee",
                           "A row that comes again after a failure replaces itself by its key: none is "
                           "missing, and none is there twice.");
        case Means::Rename:
            return RW_TEXT("guarantee",
                           "A file gets its name when a checkpoint has its rows: after a failure no row is "
                           "missing, and none is there twice.");
        case Means::Repeats:
        case Means::Nothing:
            break;
    }
    return RW_TEXT("guarantee", "After a failure no row is missing, and none is there twice.");
}

Text mainText(const Guarantee& guarantee) {
    switch (guarantee.promise) {
        case Promise::ExactlyOnce:
            return exactlyOnceText(guarantee.means);
        case Promise::AtLeastOnce:
            if (guarantee.means == Means::Repeats) {
                return RW_TEXT("guarantee",
                               "Others are told until they have answered, also after a failure: of an alert "
                               "that is in a checkpoint they hear at least once, and of some twice.");
            }
            if (guarantee.means == Means::Journal) {
                return RW_TEXT("guarantee",
                               "It keeps what it received until a checkpoint has it: after a failure no row "
                               "is lost, and some may be there twice, which were sent again.");
            }
            return RW_TEXT("guarantee",
                           "After a failure the rows since the last checkpoint come again: none is lost, and "
                           "some may be there twice. Without checkpoints, all rows of the run come again.");
        case Promise::AtMostOnce:
            if (!guarantee.lost.empty()) return guarantee.lost;
            return RW_TEXT(
                "guarantee",
                "Rows that come while the run is down are lost, and so are those that were on their "
                "way when it failed. None is there twice.");
        case Promise::None:
            break;
    }
    return {};
}

}  // namespace

Guarantee inRun(const Guarantee& declared, bool checkpoints) {
    Guarantee out = declared;
    if (checkpoints || declared.promise == Promise::None) return out;
    out.promise = declared.withoutCheckpoints;
    if (declared.means == Means::Journal) out.lost = {};  // of a journal that is kept
    const bool lasts = declared.means == Means::ByKey || declared.means == Means::Rename;
    if (out.promise != declared.promise || !lasts) out.means = Means::Nothing;  // which needs checkpoints
    return out;
}

Text guaranteeWords(const Guarantee& guarantee, Millis every) {
    switch (guarantee.promise) {
        case Promise::ExactlyOnce:
            return exactlyOnceWords(guarantee.means, every);
        case Promise::AtLeastOnce:
            return RW_TEXT("guarantee", "At least once, may double");
        case Promise::AtMostOnce:
            return RW_TEXT("guarantee", "At most once, may lose");
        case Promise::None:
            break;
    }
    return {};
}

Text guaranteeText(const Guarantee& guarantee) {
    Text text = mainText(guarantee);
    if (text.empty() || guarantee.more.empty()) return text;
    return RW_TEXT("guarantee", "%1 %2").with(text, guarantee.more);
}

const char* nameOf(Guarantee::Promise promise) {
    switch (promise) {
        case Promise::AtMostOnce:
            return "at_most_once";
        case Promise::AtLeastOnce:
            return "at_least_once";
        case Promise::ExactlyOnce:
            return "exactly_once";
        case Promise::None:
            break;
    }
    return "none";
}

const char* nameOf(Guarantee::Means means) {
    switch (means) {
        case Means::Position:
            return "position";
        case Means::Journal:
            return "journal";
        case Means::Transaction:
            return "transaction";
        case Means::ByKey:
            return "key";
        case Means::Rename:
            return "rename";
        case Means::Repeats:
            return "repeats";
        case Means::Nothing:
            break;
    }
    return "none";
}

}  // namespace rw
