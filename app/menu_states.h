// Which entries of the menus can do something now: those of the run and of the welcome page. The rooms look
// after the states of their own actions.
#pragma once
#include <QObject>

namespace rw::ui {

class Menus;
class PipelineDocument;
class RunSession;
class StartPage;

class MenuStates : public QObject {
    Q_OBJECT
 public:
    /// Lives no longer than `parent`, which must not outlive the others.
    MenuStates(Menus& menus, const PipelineDocument& document, const RunSession& session,
               const StartPage& start, QObject* parent);

 private:
    void refresh();

    Menus& m_menus;
    const PipelineDocument& m_document;
    const RunSession& m_session;
    const StartPage& m_start;
};

}  // namespace rw::ui
