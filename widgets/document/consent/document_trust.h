// The files that checks of a document may look at before its pipeline runs. A pipeline from elsewhere, to
// which the user has not agreed, is checked within its own folder.
#pragma once
#include <QObject>
#include <atomic>
#include <functional>
#include <memory>

#include "core/pipeline/checks/trust.h"
#include "widgets/document/consent/run_consent.h"

namespace rw::ui {

/// To be asked on a thread that may wait for a disk; once for each check.
using TrustQuestion = std::function<Trust()>;

/// The consents to the pipeline of `subject`, and to the files of its subflows. Reads the stored ones: any
/// thread but the GUI's.
Trust trustOf(const Consents& consents, const RunSubject& subject);

/// The user agreed to run the pipeline: files that it names are looked at from now on. `parts`: the
/// fingerprints of the files of its subflows. Any thread but the GUI's.
void allowLooking(const Consents& consents, const RunSubject& subject, const std::vector<std::string>& parts);

/// A child of a document. Without one the user is not asked, and all files are looked at: tests.
class DocumentTrust : public QObject {
    Q_OBJECT
 public:
    /// `subject`: which pipeline the document holds; called on the GUI thread.
    DocumentTrust(QObject* document, Consents consents, std::function<RunSubject()> subject);

    /// That of the document; null: it has none.
    static const DocumentTrust* of(const QObject& document);
    /// Of the pipeline as it is now; without a DocumentTrust everything is agreed to. GUI thread.
    static TrustQuestion questionOf(const QObject& document);
    /// This program wrote a file of the pipeline, a subflow with some of its nodes: it is no stranger's where
    /// the pipeline is none. The pipeline has a file.
    void wrote(const std::string& text) const;
    /// The last check was limited: it is to be repeated once the user agreed.
    bool wasLimited() const { return *m_limited; }

 private:
    const Consents m_consents;
    const std::function<RunSubject()> m_subject;
    const std::shared_ptr<std::atomic<bool>> m_limited = std::make_shared<std::atomic<bool>>(false);
};

}  // namespace rw::ui
