// Asks a connection what it has, on threads of its own.
#pragma once
#include <QObject>
#include <atomic>
#include <memory>
#include <optional>
#include <string>

#include "core/connect/connections/connection_browser.h"
#include "core/pipeline/node_kind.h"
#include "core/pipeline/subject_proposal.h"
#include "widgets/background/worker.h"

namespace rw::ui {

/// GUI thread. Answers to questions that were asked anew, or cancelled, are dropped; nothing is waited for.
class SubjectBrowsing : public QObject {
    Q_OBJECT
 public:
    SubjectBrowsing(NodeConnection connection, ConnectionBrowsers browsers, QObject* parent = nullptr);
    ~SubjectBrowsing() override;

    void list();
    bool isListing() const { return m_listing.cancelled != nullptr; }

    struct Look {
        std::string subject{};
        ProposeFn propose = nullptr;
        Json params{};                             ///< of the node, with the values of variables
        std::optional<NodeConnection> registry{};  ///< asked for the schemas of the messages
    };
    /// In place of the look under way.
    void look(Look look);
    void leaveLook();
    bool isLooking() const { return m_looking.cancelled != nullptr; }

 Q_SIGNALS:
    /// Perhaps a first time without sizes.
    void listed(const rw::ConnectionSubjects& subjects);
    void notListed(const rw::Error& error);
    void proposed(const rw::SubjectProposal& proposal);
    void notProposed(const rw::Error& error);

 private:
    struct Question {
        quint64 number = 0;
        std::shared_ptr<std::atomic<bool>> cancelled{};  ///< null: nothing is asked
        Worker worker{};
    };
    static void leave(Question& question);
    static std::shared_ptr<std::atomic<bool>> begin(Question& question);
    /// Whether the answer is to be taken; then nothing is asked any more.
    static bool ends(Question& question, quint64 number);

    const NodeConnection m_connection;
    const ConnectionBrowsers m_browsers;
    Question m_listing{}, m_looking{};
};

}  // namespace rw::ui
