#include "widgets/files/file_wait.h"

#include <QCoreApplication>
#include <QDialog>
#include <QEventLoop>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTimer>

#include "widgets/background/background.h"
#include "widgets/theme/metrics.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kWaitWidth = 360;
constexpr int kMoment = 250;  // milliseconds: a dialog that flashes by is worse than none

QString words(const char* text) {
    return QCoreApplication::translate("rw::ui::FileWait", text);
}

/// The work under way, for as long as it takes; rejected when the user stops waiting.
class WaitDialog : public QDialog {
 public:
    WaitDialog(const QString& what, QWidget* window) : QDialog(window) {
        setObjectName(QStringLiteral("fileWait"));
        setWindowTitle(what);
        setMinimumWidth(Theme::of(window).scaled(kWaitWidth));  // so that the title is not cut
        auto* column = new QVBoxLayout(this);
        column->setContentsMargins(metrics::kPanelPadding, metrics::kPanelPadding, metrics::kPanelPadding,
                                   metrics::kPanelPadding);
        column->setSpacing(metrics::kListPadding);
        auto* label = new QLabel;
        label->setText(what + QStringLiteral("…"));
        auto* bar = new QProgressBar;
        bar->setRange(0, 0);
        bar->setTextVisible(false);
        auto* stop = new QPushButton(words(QT_TRANSLATE_NOOP("rw::ui::FileWait", "Stop waiting")));
        auto* answers = new QHBoxLayout;
        answers->addStretch();
        answers->addWidget(stop);
        column->addWidget(label);
        column->addWidget(bar);
        column->addLayout(answers);
        connect(stop, &QPushButton::clicked, this, &QDialog::reject);
    }
};

}  // namespace

bool waitForFiles(QWidget* window, const QString& what, std::function<void()> work) {
    QEventLoop moment;
    bool done = false;
    QDialog* patience = nullptr;
    const auto run = [work = std::move(work)] {
        work();
        return true;
    };
    runInBackground(&moment, run, [&](bool) {
        done = true;
        moment.quit();
        if (patience != nullptr) patience->accept();
    });
    QTimer::singleShot(kMoment, &moment, &QEventLoop::quit);
    // Keys and clicks meanwhile are meant for what comes after.
    moment.exec(QEventLoop::ExcludeUserInputEvents);
    if (done) return true;
    WaitDialog dialog(what, window);
    patience = &dialog;
    dialog.exec();
    return done;
}

}  // namespace rw::ui
