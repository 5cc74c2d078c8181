#include "widgets/session/end_question.h"

#include <QCoreApplication>
#include <QMessageBox>
#include <QPushButton>

#include "widgets/session/remote_run.h"

namespace rw::ui {

namespace {

QString consequence(EndedBy what) {
    switch (what) {
        case EndedBy::OtherPipeline:
            return QCoreApplication::translate(
                "end", "Opening a pipeline ends it; windows that are still open give no result.");
        case EndedBy::OtherEngine:
            return QCoreApplication::translate(
                "end", "Choosing another engine ends it; windows that are still open give no result.");
        case EndedBy::Closing:
            break;
    }
    return QCoreApplication::translate("end", "Closing ends it; windows that are still open give no result.");
}

}  // namespace

bool confirmStopSpark(const RemoteRun* shown, EndedBy what, QWidget* window) {
    if (shown == nullptr || !shown->endsUnwatched()) return true;
    QMessageBox box(
        QMessageBox::Question, QCoreApplication::translate("end", "A run of Spark goes on"),
        QCoreApplication::translate("end", "The run of Spark goes on only while it is shown here."),
        QMessageBox::NoButton, window);
    box.setInformativeText(
        consequence(what) + QLatin1Char(' ') +
        QCoreApplication::translate("end", "To go on later, stop it first and keep its checkpoint."));
    const QPushButton* end =
        box.addButton(QCoreApplication::translate("end", "End the run"), QMessageBox::DestructiveRole);
    QPushButton* keep =
        box.addButton(QCoreApplication::translate("end", "Keep the run"), QMessageBox::RejectRole);
    box.setDefaultButton(keep);
    box.exec();
    return box.clickedButton() == end;
}

}  // namespace rw::ui
