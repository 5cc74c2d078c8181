// The breakpoints of the open document: where its runs stop. They are not saved with it, and go with it.
#pragma once
#include <QObject>
#include <vector>

#include "core/runtime/stepping/until.h"

namespace rw::ui {

class PipelineDocument;

class BreakpointList : public QObject {
    Q_OBJECT
 public:
    /// The document must outlive it.
    explicit BreakpointList(PipelineDocument& document);

    const std::vector<Breakpoint>& all() const { return m_all; }
    /// Null: there is none at that place.
    const Breakpoint* at(const Breakpoint& place) const;
    /// Adds it, or takes away the one at its place.
    void toggle(const Breakpoint& place);
    /// The one at that place; it is added where there is none.
    void setCondition(const Breakpoint& place, const QString& condition);
    void setEnabled(const Breakpoint& place, bool enabled);
    void clear();

 Q_SIGNALS:
    void changed();

 private:
    std::vector<Breakpoint>::iterator find(const Breakpoint& place);
    void dropGone();

    PipelineDocument& m_document;
    std::vector<Breakpoint> m_all{};
};

}  // namespace rw::ui
