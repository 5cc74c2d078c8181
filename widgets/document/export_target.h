// Where an export goes: under a name that is free, and never onto a file that the pipeline needs.
#pragma once
#include <QString>
#include <memory>

#include "core/base/status.h"
#include "core/pipeline/validate.h"
#include "widgets/document/consent/document_trust.h"

class QWidget;

namespace rw::ui {

class PipelineDocument;

/// Knows the document as it was when this was made; may be copied and asked on any thread.
class ExportTarget {
 public:
    /// `what` names the export in refusals, “Export of orders”.
    ExportTarget(const PipelineDocument& document, const QString& what);

    /// Why not this file: the pipeline reads or writes it, it is saved there, or it is a database. Looks at
    /// files.
    Status check(const QString& path) const;
    /// `name` with `suffix`, and with a number where a file of that name is there or is needed; in `folder`,
    /// or in the home folder where that is not there or everything in it is read. Looks at files.
    QString proposal(const QString& folder, const QString& name, const QString& suffix) const;
    /// Asks a person, again after a refusal; empty: not exported after all. The proposal's suffix is put to
    /// names without one.
    QString prompt(QWidget* parent, const QString& title, const QString& proposal,
                   const QString& filter) const;

 private:
    std::shared_ptr<const Catalogue> m_catalogue;  ///< a thread that is not waited for may outlive the window
    Pipeline m_pipeline;
    ValidateOptions m_options;
    QString m_what;
    TrustQuestion m_trust;  ///< the pipeline of a stranger is looked at in its own folder
};

/// Says in a box why nothing was exported. Returns at once; the box goes with its parent.
void showExportError(QWidget* parent, const Error& error);

}  // namespace rw::ui
