// Asks a connection what it has, on threads of its own.
#pragma once
#include <QObject>
#include <optional>
#include <string>

#include "core/connect/connections/connection_browser.h"
#include "core/pipeline/node_kind.h"
#include "core/pipeline/subject_proposal.h"
#include "widgets/background/latest.h"
#include "widgets/background/worker.h"

namespace rw::ui {

/// GUI thread. Answers to questions that were asked anew, or cancelled, are dropped; nothing is waited for.
class SubjectBrowsing : public QObject {
    Q_OBJECT
 public:
    SubjectBrowsing(NodeConnection connection, ConnectionBrowsers browsers, QObject* parent = nullptr);

    void list();
    bool isListing() const { return m_listing.isWaiting(); }

    struct Look {
        std::string subject{};
        ProposeFn propose = nullptr;
        Json params{};                             ///< of the node, with the values of variables
        std::optional<NodeConnection> registry{};  ///< asked for the schemas of the messages
    };
    /// In place of the look under way.
    void look(Look look);
    void leaveLook();
    bool isLooking() const { return m_looking.isWaiting(); }

 Q_SIGNALS:
    /// Perhaps a first time without sizes.
    void listed(const rw::ConnectionSubjects& subjects);
    void notListed(const rw::Error& error);
    void proposed(const rw::SubjectProposal& proposal);
    void notProposed(const rw::Error& error);

 private:
    static void leave(Latest& question, Worker& worker);

    const NodeConnection m_connection;
    const ConnectionBrowsers m_browsers;
    Worker m_lister, m_looker;
    Latest m_listing{this}, m_looking{this};
};

}  // namespace rw::ui
