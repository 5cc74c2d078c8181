// The selected items of a document. Shared by canvas, outline, inspector and panels.
#pragma once
#include <QObject>
#include <unordered_set>
#include <vector>

#include "widgets/document/editing/document_change.h"

namespace rw::ui {

class PipelineDocument;

class Selection : public QObject {
    Q_OBJECT
 public:
    /// Drops items that the document removes.
    explicit Selection(PipelineDocument& document);

    /// In the order in which they were selected, each once.
    const std::vector<ItemRef>& items() const { return m_items; }
    // Those of one kind, in the same order.
    const std::vector<NodeId>& nodes() const { return m_nodes; }
    const std::vector<Wire>& wires() const { return m_wires; }
    const std::vector<NoteId>& notes() const { return m_notes; }
    bool empty() const { return m_items.empty(); }
    bool contains(const ItemRef& item) const { return m_known.contains(&item); }
    /// The node when it is all that is selected, else null.
    const Node* single() const;

    /// Nodes and comments that do not exist are left out.
    void set(std::vector<ItemRef> items);
    void toggle(const ItemRef& item);
    void clear() { set({}); }
    void selectAll();
    /// Selects the node and asks every view to bring it into sight, with this parameter's field where one is
    /// named.
    void reveal(const NodeId& node, const std::string& param = {});

 Q_SIGNALS:
    void changed();
    void revealed(const rw::NodeId& node, const std::string& param);

 private:
    void onDocument(const DocumentChange& change);
    /// Hashes the item pointed to, which is not copied for this.
    struct HashItem {
        std::size_t operator()(const ItemRef* item) const { return std::hash<ItemRef>()(*item); }
    };
    struct SameItem {
        bool operator()(const ItemRef* a, const ItemRef* b) const { return *a == *b; }
    };
    using Known = std::unordered_set<const ItemRef*, HashItem, SameItem>;

    /// Each is there, and once.
    void take(std::vector<ItemRef> items);
    bool isGone(const ItemRef& item) const;

    PipelineDocument& m_document;
    std::vector<ItemRef> m_items{};
    Known m_known{};  ///< the same
    std::vector<NodeId> m_nodes{};
    std::vector<Wire> m_wires{};
    std::vector<NoteId> m_notes{};
};

}  // namespace rw::ui
