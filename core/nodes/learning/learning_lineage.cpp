// What nodes that learn say of their rows.
#include <utility>

#include "core/nodes/learning/learning_params.h"
#include "core/stream/lineage/keyed_match.h"
#include "core/stream/lineage/own_row.h"

namespace rw {

namespace {

using learn::InputRole;
using learn::MadePrefix;

/// Rows of an input with the keys that the row has in the columns `keys`; they came in time.
std::shared_ptr<RowMatch> ofKeys(const learn::LearningInput& input, const std::vector<int>& keys,
                                 const AskedRow& asked) {
    auto match = std::make_shared<RowMatch>();
    match->asked = asked.row;
    match->asKeys = true;
    for (std::size_t i = 0; i < keys.size() && i < input.keys.size(); ++i)
        match->equal.push_back({input.keys[i], keys[i]});
    match->eventTime = input.type.eventTime;
    match->late = RowMatch::Late::ByTime;
    return match;
}

Text learntWords(InputRole role) {
    switch (role) {
        case InputRole::Control:
            return RW_TEXT("lineage", "rows that reset the model");
        case InputRole::Labels:
            return RW_TEXT("lineage", "labels that the model has learnt");
        case InputRole::Rows:
        case InputRole::Asks:
            break;
    }
    return RW_TEXT("lineage", "earlier rows of the key, which the model has learnt");
}

}  // namespace

Result<std::vector<Contributors>> BoundLearning::contributors(const AskedRow& asked) const {
    std::vector<Contributors> all;
    for (const learn::LearningInput& input : plan->inputs) {
        if (input.unmatched != asked.port) continue;
        const int port = static_cast<int>(&input - plan->inputs.data());
        all.push_back(
            itself(asked, {port, sameColumns(input.type.schema->size()), true, input.type.eventTime}));
        return all;
    }
    for (const learn::MadePort& made : plan->made) {
        if (made.port != asked.port) continue;
        const InputRole itsRole = made.prefix == MadePrefix::Ask ? InputRole::Asks : InputRole::Rows;
        std::vector<int> keys;
        for (std::size_t i = 0; i < plan->inputs.size(); ++i) {
            const learn::LearningInput& input = plan->inputs[i];
            if (input.role != itsRole) continue;
            keys = made.prefix == MadePrefix::Keys ? columnsFrom(0, input.keys.size()) : input.keys;
            if (made.prefix == MadePrefix::Keys) continue;
            all.push_back(itself(asked, {static_cast<int>(i), sameColumns(input.type.schema->size()), true,
                                         input.type.eventTime}));
        }
        for (std::size_t i = 0; i < plan->inputs.size(); ++i) {
            const learn::LearningInput& input = plan->inputs[i];
            if (input.role == InputRole::Asks) continue;
            auto match =
                ofKeys(input, plan->resetsAll && input.role == InputRole::Control ? std::vector<int>() : keys,
                       asked);
            const int time = outputs[static_cast<std::size_t>(asked.port)].eventTime;
            if (asked.knows(time) && !asked.row.column(time).isNull(0))
                match->until = saturatingAdd(asked.row.column(time).at<Instant>(0), 1);
            all.push_back({static_cast<int>(i), std::move(match), learntWords(input.role), true});
        }
    }
    return all;
}

}  // namespace rw
