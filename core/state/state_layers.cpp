#include "core/state/state_layers.h"

#include <algorithm>

namespace rw {

bool StateLayers::appendTo(std::vector<CutPart>& parts, const StateSnapshot& snapshot,
                           const StateSnapshot::OperatorId& id, std::size_t number) const {
    const auto changing = snapshot.changes.find(id);
    if (changing == snapshot.changes.end()) return true;
    const auto changes =
        std::find_if(changing->second.begin(), changing->second.end(),
                     [number](const StateSnapshot::Changes& each) { return each.state == number; });
    if (changes == changing->second.end()) return true;
    const auto append = [&](const std::string& hash, const Added& part) {
        if (!part.run.file.empty() && !changes->runs.contains(part.run.name)) return;  // not of the state now
        parts.push_back({id, static_cast<int>(number), {}, hash, part.bytes, part.run});
    };
    if (!changes->whole) {
        const auto before = m_layers.find({id, changes->instance});
        if (before == m_layers.end()) return false;
        for (const Layer& layer : before->second) append(layer.hash, layer.part);
    }
    for (const std::string& hash : changes->parts) {
        const auto added = m_added.find(hash);
        if (added == m_added.end()) return false;
        append(hash, added->second);
    }
    return true;
}

void StateLayers::written(const StateSnapshot& snapshot, const std::vector<CutPart>& parts) {
    m_added.clear();
    m_layers.clear();
    for (const auto& [id, instances] : snapshot.changes) {
        for (const StateSnapshot::Changes& changes : instances) {
            std::vector<Layer>& layers = m_layers[{id, changes.instance}];
            for (const CutPart& part : parts) {
                if (part.isAdded() && part.operatorId == id &&
                    part.instance == static_cast<int>(changes.state))
                    layers.push_back({part.hash, {part.addedBytes, part.run}});
            }
        }
    }
}

}  // namespace rw
