// The document: the content of a .rill file. Plain data, no behaviour; core/pipeline/json/json.h reads and
// writes it.
#pragma once
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rw {

using Json = nlohmann::ordered_json;
using NodeId = std::string;

struct Point {
    double x = 0, y = 0;
    bool operator==(const Point&) const = default;
};

struct Node {
    NodeId id;
    std::string type;
    std::string title;             ///< empty: the id is shown
    Point at;                      ///< top left corner on the canvas
    Json params = Json::object();  ///< only values that differ from nothing; order as in the declaration when saved
    bool disabled = false;         ///< rows pass by unchanged
    bool collapsed = false;
    Json unknown = Json::object();  ///< keys of a newer version, kept on save
    bool operator==(const Node&) const = default;
    const std::string& shownTitle() const { return title.empty() ? id : title; }
};

/// The ports that a wire's end means when it names none.
inline constexpr std::string_view kDefaultOutput = "out", kDefaultInput = "in";

/// One end of a wire.
struct PortRef {
    NodeId node;
    std::string port;  ///< “out” or “in” when the file names none
    bool operator==(const PortRef&) const = default;
    auto operator<=>(const PortRef&) const = default;
};

struct Wire {
    PortRef from, to;
    Json unknown = Json::object();
    bool operator==(const Wire&) const = default;
};

/// The ends as the file writes them: “node”, or “node.port” where the port is not the default.
std::string writeOutput(const PortRef& end);
std::string writeInput(const PortRef& end);
/// A wire as the file writes it: {"from": …, "to": …} and its unknown keys.
Json writeWire(const Wire& wire);

/// A card on the dashboard's grid of 12 columns.
struct DashboardCard {
    NodeId node;
    int column = 0, row = 0, width = 6, height = 4;
    Json unknown = Json::object();
    bool operator==(const DashboardCard&) const = default;
};

struct Note {
    std::string text;
    Point at, size{240, 80};
    Json unknown = Json::object();
    bool operator==(const Note&) const = default;
};

inline constexpr int kMaxParallelism = 256;

struct Settings {
    std::string timeZone = "UTC";   ///< IANA name or “local”
    int parallelism = 0;            ///< 0: one task per core
    std::string memoryLimit;        ///< of the state of all nodes, as “2GB”; empty: none
    std::string stateMemory;        ///< as “512MB”; empty: usualStateMemory() of settings_check.h
    Json unknown = Json::object();  ///< also checkpoint_every and others: see settings_check.h
    bool operator==(const Settings&) const = default;
};

struct Variable {
    std::string name, value;
    bool operator==(const Variable&) const = default;
};

struct Pipeline {
    std::string name;
    std::vector<Variable> variables;
    Settings settings;
    std::vector<Node> nodes;  ///< in the order of creation
    std::vector<Wire> wires;
    std::vector<DashboardCard> cards;  ///< none: every chart has a card, unless `noCards`
    bool noCards = false;              ///< they were all taken away; says nothing while there are some
    std::vector<Note> notes;
    Json unknown = Json::object();
    Json unknownDashboard = Json::object();
    bool operator==(const Pipeline&) const = default;

    const Node* find(std::string_view id) const;
    Node* find(std::string_view id);
};

/// Whether `id` may name a node: [a-z][a-z0-9_]*.
bool isNodeId(std::string_view id);
/// In an expanded pipeline (core/pipeline/subflow.h) a node inside a subflow is called “outer/inner”, at any
/// depth. No file may call one so.
bool isInside(std::string_view id);
/// Whether `id` may name a node of an expanded pipeline.
bool isNodePath(std::string_view id);
/// The node `inner` inside the subflow `outer`.
NodeId insideOf(const NodeId& outer, const NodeId& inner);
/// The node that a person sees for `id`: the outermost subflow that it is in, else itself.
NodeId outermost(const NodeId& id);

}  // namespace rw
