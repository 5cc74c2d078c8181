// The primitive changes of a pipeline: undo commands are made of these, nobody else may touch the pipeline.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/pipeline/pipeline.h"
#include "widgets/document/document_change.h"

namespace rw::ui {

/// An item and its index in the pipeline's list.
template <class T>
struct Placed {
    std::size_t place = static_cast<std::size_t>(-1);  ///< beyond the end: appended
    T item{};
};

/// A part of a pipeline: taken out of it, or to be put in.
struct Part {
    std::vector<Placed<Node>> nodes{};  ///< each list by rising place
    std::vector<Placed<Wire>> wires{};
    std::vector<Placed<DashboardCard>> cards{};
    std::vector<Placed<Note>> notes{};
    bool empty() const { return nodes.empty() && wires.empty() && cards.empty() && notes.empty(); }
};

/// Where the items of a part stand; each list rises.
struct Places {
    std::vector<std::size_t> nodes{}, wires{}, cards{}, notes{};
};

/// A parameter's value and its place among the node's parameters.
struct PlacedParam {
    std::size_t place = static_cast<std::size_t>(-1);
    Json value;
};

/// What holds for a pipeline as a whole.
struct Properties {
    Settings settings;
    std::vector<Variable> variables;
    bool operator==(const Properties&) const = default;
};

enum class NodeFlag { Disabled, Collapsed };

/// Every function changes the pipeline first and then tells about it. Ids and places must exist.
class Edits {
 public:
    using Notify = std::function<void(const DocumentChange&)>;
    Edits(Pipeline& pipeline, Notify notify) : m_pipeline(pipeline), m_notify(std::move(notify)) {}

    const Pipeline& pipeline() const { return m_pipeline; }

    Part take(const Places& places);  ///< take(put(part)) gives the part back …
    Places put(const Part& part);     ///< … and put(take(places)) leaves the pipeline as it was
    void move(const std::vector<std::pair<NodeId, Point>>& targets);
    std::optional<PlacedParam> param(const NodeId& node, const std::string& name) const;
    void setParam(const NodeId& node, const std::string& name, const std::optional<PlacedParam>& value);
    void setTitle(const NodeId& node, const std::string& title);
    void setFlag(const std::vector<NodeId>& nodes, NodeFlag flag, const std::vector<bool>& values);
    Properties properties() const;
    void setProperties(const Properties& properties);
    void setCards(const std::vector<DashboardCard>& cards);
    void setNote(std::size_t place, const Note& note);

 private:
    Pipeline& m_pipeline;
    Notify m_notify;
};

/// The places of these nodes and wires, of all wires at the nodes and of the nodes' cards.
Places placesOf(const Pipeline& pipeline, const std::vector<NodeId>& nodes, const std::vector<Wire>& wires);

bool& flagOf(Node& node, NodeFlag flag);

}  // namespace rw::ui
