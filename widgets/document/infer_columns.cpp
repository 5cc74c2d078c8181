#include "widgets/document/infer_columns.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

namespace rw::ui {

void inferColumns(InferFn infer, Json params, std::string folder, QObject* receiver, ColumnsFound found) {
    const QPointer<QObject> alive(receiver);
    QThreadPool::globalInstance()->start(
        [=, params = std::move(params), folder = std::move(folder), found = std::move(found)] {
            const auto columns = infer(params, folder);
            QMetaObject::invokeMethod(
                qApp,
                [alive, found, columns] {
                    if (alive) found(columns);
                },
                Qt::QueuedConnection);
        });
}

}  // namespace rw::ui
