// Makes random edits of a document: every kind of undo step, in any order, sensible or not.
#pragma once
#include <random>

#include "widgets/document/pipeline_document.h"

namespace rw::ui {

class RandomEditor {
 public:
    RandomEditor(PipelineDocument& document, unsigned seed) : m_document(document), m_random(seed) {}
    /// One edit; it may turn out to be none.
    void edit();

 private:
    int below(std::size_t limit) { return static_cast<int>(m_random() % std::max<std::size_t>(limit, 1)); }
    bool coin() { return m_random() % 2 == 0; }
    Point somePlace();  ///< now and then where no file can say it is
    NodeId someNode();
    std::vector<NodeId> someNodes();
    NoteId someNote();
    std::vector<ItemRef> someItems();
    PortRef somePort(bool input);
    NodeTemplate someTemplate();
    void editNodes(int which);
    void editWires(int which);
    void editWhole(int which);

    PipelineDocument& m_document;
    std::mt19937 m_random;
};

}  // namespace rw::ui
