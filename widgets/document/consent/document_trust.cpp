#include "widgets/document/consent/document_trust.h"

namespace rw::ui {

namespace {

/// The consent to looking at files that a text with this fingerprint names. Kept like a run's accesses.
Access lookingAccess(const std::string& bytes) {
    Access access;
    access.target = "pipeline:" + bytes;
    return access;
}

bool mayLook(const Consents& consents, RunSubject subject, const std::string& bytes) {
    return !consents.requestFor(subject, {lookingAccess(bytes)}).untrusted;
}

}  // namespace

Trust trustOf(const Consents& consents, const RunSubject& subject) {
    RunSubject whole = subject;
    whole.parts.clear();
    Trust trust;
    trust.agreed = whole.origin.own || mayLook(consents, whole, whole.origin.bytes.toStdString());
    trust.knows = [consents, whole](const std::string& text) {
        const std::string bytes = fingerprint(text).toStdString();
        RunSubject part = whole;
        part.origin.own = true;  // the pipeline around it makes it no less strange
        part.parts = {bytes};
        return mayLook(consents, std::move(part), bytes);
    };
    return trust;
}

void allowLooking(const Consents& consents, const RunSubject& subject,
                  const std::vector<std::string>& parts) {
    ConsentRequest request;
    request.untrusted = request.onlyCharts = true;  // its text is not made known by this
    request.targets.push_back({lookingAccess(subject.origin.bytes.toStdString())});
    for (const std::string& part : parts) request.targets.push_back({lookingAccess(part)});
    consents.allow(subject, request);
}

DocumentTrust::DocumentTrust(QObject* document, Consents consents, std::function<RunSubject()> subject)
    : QObject(document), m_consents(std::move(consents)), m_subject(std::move(subject)) {}

const DocumentTrust* DocumentTrust::of(const QObject& document) {
    return document.findChild<DocumentTrust*>(QString(), Qt::FindDirectChildrenOnly);
}

void DocumentTrust::wrote(const std::string& text) const {
    const RunSubject whole = m_subject();
    RunSubject part = whole;
    part.origin.bytes = fingerprint(text);
    m_consents.saved(whole, part);
}

TrustQuestion DocumentTrust::questionOf(const QObject& document) {
    const DocumentTrust* const here = of(document);
    if (here == nullptr) return [] { return Trust(); };
    return [consents = here->m_consents, subject = here->m_subject(), limited = here->m_limited] {
        Trust trust = trustOf(consents, subject);
        *limited = !trust.agreed;
        const auto knows = std::move(trust.knows);
        trust.knows = [knows, limited](const std::string& text) {
            const bool known = knows(text);
            if (!known) *limited = true;
            return known;
        };
        return trust;
    };
}

}  // namespace rw::ui
