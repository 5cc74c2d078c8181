#include "widgets/inspector/subjects/subject_browsing.h"

#include <utility>

#include "core/connect/formats/subject_messages.h"

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

/// Work that is blocked, by a keyring that waits for its user, does not block what is asked next.
void SubjectBrowsing::leave(Latest& question, Worker& worker) {
    if (!question.isWaiting()) return;
    question.drop();
    worker.abandon();
}

void SubjectBrowsing::list() {
    leave(m_listing, m_lister);
    const auto browse = [this, connection = m_connection,
                         browsers = m_browsers](const Latest::Question& question) {
        const auto early = [&](const ConnectionSubjects& names) {
            question.tell([this, names] { Q_EMIT listed(names); });
        };
        return browseConnection(connection, browsers, question.flag(), early);
    };
    m_listing.ask(m_lister, browse, [this](const Result<ConnectionSubjects>& found) {
        if (found.ok()) {
            Q_EMIT listed(*found);
        } else {
            Q_EMIT notListed(found.error());
        }
    });
}

void SubjectBrowsing::look(Look look) {
    leaveLook();
    const auto propose = [look = std::move(look), connection = m_connection,
                          browsers = m_browsers](const Latest::Question& question) {
        return proposalFor(look, connection, browsers, *question.flag());
    };
    m_looking.ask(m_looker, propose, [this](const Result<SubjectProposal>& found) {
        if (found.ok()) {
            Q_EMIT proposed(*found);
        } else {
            Q_EMIT notProposed(found.error());
        }
    });
}

void SubjectBrowsing::leaveLook() {
    leave(m_looking, m_looker);
}

}  // namespace rw::ui
