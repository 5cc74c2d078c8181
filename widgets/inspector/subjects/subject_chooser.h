// Fills the parameter that names a topic or a table by a choice from those of the node's connection.
#pragma once
#include <QObject>
#include <string>

#include "core/connect/connections/connection_browser.h"
#include "widgets/document/pipeline_document.h"

namespace rw::ui {

class SubjectChooser : public QObject {
    Q_OBJECT
 public:
    SubjectChooser(PipelineDocument& document, QObject* parent);

    /// Kinds of connections without one can't be looked at.
    void setBrowsers(ConnectionBrowsers browsers) { m_browsers = std::move(browsers); }
    /// Whether the parameter of this kind of node can be chosen so.
    bool canChoose(const NodeKind& kind, const ParamSpec& spec) const;
    /// Opens the dialog over the window of `over`; what is chosen there is set in one undo step. False: no
    /// connection that is known here is named yet.
    bool choose(const NodeId& node, const ParamSpec& spec, QWidget* over);
    /// The parameter that names the connection; empty: the kind has none.
    static std::string connectionParam(const NodeKind& kind);

 private:
    PipelineDocument& m_document;
    ConnectionBrowsers m_browsers{};
};

}  // namespace rw::ui
