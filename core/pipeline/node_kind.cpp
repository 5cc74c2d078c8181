#include "core/pipeline/node_kind.h"

#include <algorithm>

#include "core/pipeline/subflow_files.h"

namespace rw {

namespace {

template <class T, class Name>
const T* findNamed(const std::vector<T>& things, std::string_view name, Name T::*member) {
    const auto it =
        std::find_if(things.begin(), things.end(), [&](const T& thing) { return thing.*member == name; });
    return it == things.end() ? nullptr : &*it;
}

int portIndex(const std::vector<PortSpec>& ports, std::string_view name) {
    const PortSpec* port = findNamed(ports, name, &PortSpec::name);
    return port ? static_cast<int>(port - ports.data()) : -1;
}

}  // namespace

bool StreamType::operator==(const StreamType& other) const {
    return *schema == *other.schema && eventTime == other.eventTime && updating == other.updating &&
           key == other.key && multiset == other.multiset && made == other.made &&
           rejected == other.rejected && windowed == other.windowed && sourceOrder == other.sourceOrder &&
           held == other.held && sharedPositions == other.sharedPositions && leftBy == other.leftBy;
}

std::vector<ColumnSet> BoundNode::reads(const std::vector<ColumnSet>&,
                                        const std::vector<StreamType>& inputs) const {
    std::vector<ColumnSet> all;
    for (const StreamType& input : inputs) all.emplace_back(input.schema->size(), true);
    return all;
}

const ParamSpec* NodeKind::param(std::string_view wanted) const {
    return findNamed(params, wanted, &ParamSpec::name);
}

int NodeKind::inputPort(std::string_view wanted) const {
    return portIndex(inputs, wanted);
}

int NodeKind::outputPort(std::string_view wanted) const {
    return portIndex(outputs, wanted);
}

Catalogue::Catalogue(std::vector<NodeKind> kinds)
    : m_kinds(std::move(kinds)), m_subflows(std::make_shared<SubflowFiles>()) {}

const NodeKind* Catalogue::find(std::string_view type) const {
    return findNamed(m_kinds, type, &NodeKind::type);
}

const NodeKind* Catalogue::of(const Node& node) const {
    const NodeKind* kind = of(node.type, node.params);
    return kind != nullptr && kind->inside && isInside(node.id) ? kind->inside.get() : kind;
}

const NodeKind* Catalogue::of(std::string_view type, const Json& params) const {
    const NodeKind* general = find(type);
    if (general == nullptr) return nullptr;
    std::optional<Ports> known;
    if (general->ports != nullptr) known = general->ports(params);
    if (general->subflow == SubflowRole::Whole) known = m_subflows->portsOf(params);
    if (!known) return general;
    Ports& ports = *known;
    std::string name(type);
    for (const auto* side : {&ports.inputs, &ports.outputs}) {
        name += '\n';
        for (const PortSpec& port : *side) name += port.name + '\t';
    }
    const std::lock_guard lock(m_withPorts->mutex);
    std::unique_ptr<const NodeKind>& kind = m_withPorts->kinds[name];
    if (!kind) {
        NodeKind own = *general;
        own.inputs = std::move(ports.inputs);
        own.outputs = std::move(ports.outputs);
        kind = std::make_unique<const NodeKind>(std::move(own));
    }
    return kind.get();
}

}  // namespace rw
