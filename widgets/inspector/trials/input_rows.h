// Rows that came to a node's first input in the last run: the newest that are kept.
#pragma once
#include <QObject>
#include <memory>
#include <vector>

#include "widgets/session/run_session.h"

namespace rw::ui {

class InputRows : public QObject {
    Q_OBJECT
 public:
    /// Null session: there are none. Asks for a tap as soon as there is a run: rows that were not asked for
    /// are not kept.
    InputRows(PipelineDocument& document, RunSession* session, NodeId node, QObject* parent);

    bool hasRows() const;
    /// Those that are kept just now, the oldest first.
    std::vector<Batch> rows() const;

 Q_SIGNALS:
    void changed();  ///< hasRows() is another

 private:
    void look();

    PipelineDocument& m_document;
    RunSession* const m_session;
    const NodeId m_node;
    std::shared_ptr<Tap> m_tap{};
    bool m_had = false;
};

}  // namespace rw::ui
