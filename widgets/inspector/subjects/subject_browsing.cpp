#include "widgets/inspector/subjects/subject_browsing.h"

#include <utility>

#include "core/connect/formats/subject_messages.h"
#include "widgets/background/background.h"

namespace rw::ui {

namespace {

Result<SubjectProposal> proposalFor(const SubjectBrowsing::Look& look, const NodeConnection& connection,
                                    const ConnectionBrowsers& browsers, const std::atomic<bool>& cancelled) {
    RW_TRY_ASSIGN(SubjectContent content, browseSubject(connection, look.subject, browsers, &cancelled));
    if (look.registry) RW_TRY(learnSchemas(*look.registry, &cancelled, content));
    return look.propose(content, look.params);
}

}  // namespace

SubjectBrowsing::SubjectBrowsing(NodeConnection connection, ConnectionBrowsers browsers, QObject* parent)
    : QObject(parent), m_connection(std::move(connection)), m_browsers(std::move(browsers)) {}

SubjectBrowsing::~SubjectBrowsing() {
    leave(m_listing);
    leave(m_looking);
}

/// Work that is blocked, by a keyring that waits for its user, does not block what is asked next.
void SubjectBrowsing::leave(Question& question) {
    if (!question.cancelled) return;
    *question.cancelled = true;
    question.cancelled.reset();
    ++question.number;
    question.worker.leave();
}

std::shared_ptr<std::atomic<bool>> SubjectBrowsing::begin(Question& question) {
    leave(question);
    ++question.number;
    question.cancelled = std::make_shared<std::atomic<bool>>(false);
    return question.cancelled;
}

bool SubjectBrowsing::ends(Question& question, quint64 number) {
    if (number != question.number) return false;
    question.cancelled.reset();
    return true;
}

void SubjectBrowsing::list() {
    const auto cancelled = begin(m_listing);
    m_listing.worker.start([this, cancelled, number = m_listing.number, connection = m_connection,
                            browsers = m_browsers, address = Address(this)] {
        const auto early = [&](const ConnectionSubjects& names) {
            address.send([this, number, names] {
                if (number == m_listing.number) Q_EMIT listed(names);
            });
        };
        const Result<ConnectionSubjects> found =
            browseConnection(connection, browsers, cancelled.get(), early);
        address.send([this, number, found] {
            if (!ends(m_listing, number)) return;
            if (found.ok()) {
                Q_EMIT listed(*found);
            } else {
                Q_EMIT notListed(found.error());
            }
        });
    });
}

void SubjectBrowsing::look(Look look) {
    const auto cancelled = begin(m_looking);
    m_looking.worker.start([this, cancelled, look = std::move(look), number = m_looking.number,
                            connection = m_connection, browsers = m_browsers, address = Address(this)] {
        const Result<SubjectProposal> found = proposalFor(look, connection, browsers, *cancelled);
        address.send([this, number, found] {
            if (!ends(m_looking, number)) return;
            if (found.ok()) {
                Q_EMIT proposed(*found);
            } else {
                Q_EMIT notProposed(found.error());
            }
        });
    });
}

void SubjectBrowsing::leaveLook() {
    leave(m_looking);
}

}  // namespace rw::ui
