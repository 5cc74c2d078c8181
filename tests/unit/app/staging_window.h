// A window in front of a cluster with the behaviour that the test sets, and questions that answer themselves.
#pragma once
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "core/cluster/deployment_store.h"
#include "tests/unit/app/made_cluster.h"
#include "widgets/clusters/job_list.h"
#include "widgets/theme/pill.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

/// Presses the button of that name in every question that comes up while it lives.
class Answer {
 public:
    explicit Answer(const char* button) : m_button(QString::fromUtf8(button)) {
        QObject::connect(&m_timer, &QTimer::timeout, [this] {
            auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
            if (box == nullptr) return;
            said << box->text() + QLatin1Char(' ') + box->informativeText();
            leavePicture(*box, QStringLiteral("cluster_question"));
            for (QAbstractButton* each : box->buttons()) {
                if (each->text() == m_button) return each->click();
            }
            box->reject();
        });
        m_timer.start(10);
    }
    QStringList said{};

 private:
    const QString m_button;
    QTimer m_timer;
};

struct StagingWindow : ClusterWindow {
    StagingWindow() {
        addOrders();
        choose(QStringLiteral("staging · Flink"));
    }
    QString pillText() const { return pill().accessibleName(); }
    QMenu& endMenu() const { return *window->findChild<QMenu*>(QStringLiteral("endMenu")); }
    QAction* endEntry(const char* words) const {
        for (QAction* action : endMenu().actions()) {
            if (plainText(*action) == QLatin1String(words)) return action;
        }
        return nullptr;
    }
    JobList& list() const { return *window->findChild<JobList*>(); }
    /// Remembers a job that has left a savepoint.
    bool remember(const Deployment& deployment) const {
        if (!DeploymentStore().save(deployment).ok()) return false;
        list().refresh();
        return QTest::qWaitFor([&] { return list().find(deployment.job) != nullptr; }, 30'000);
    }
    Deployment stopped(const std::string& job) const {
        Deployment ended = deployment(job);
        ended.ended = ended.started + 1'000;
        ended.state = "FINISHED";
        ended.savepoints = {{"file:///savepoints/" + job, ended.ended}};
        return ended;
    }
    QMenu* resumeMenu() const { return action(QStringLiteral("Resume from a savepoint"))->menu(); }
};

}  // namespace rw::ui
