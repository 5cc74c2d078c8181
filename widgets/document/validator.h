// Types and checks a pipeline on a thread of its own: looking for input files may take long.
#pragma once
#include <QObject>
#include <QThreadPool>
#include <memory>

#include "core/pipeline/validate.h"

namespace rw::ui {

class Validator : public QObject {
    Q_OBJECT
 public:
    /// The catalogue must outlive the validator.
    explicit Validator(const Catalogue& catalogue, QObject* parent = nullptr);
    ~Validator() override;

    /// Asks for this version. While one is under way only the newest question is kept.
    void request(quint64 version, Pipeline pipeline, ValidateOptions options);

 Q_SIGNALS:
    void done(quint64 version, const std::shared_ptr<const rw::Validated>& result);

 private:
    struct Question {
        quint64 version = 0;
        Pipeline pipeline;
        ValidateOptions options;
    };
    void start(Question question);
    void finish(quint64 version, std::shared_ptr<const Validated> result);

    const Catalogue& m_catalogue;
    QThreadPool m_pool;
    bool m_busy = false;
    std::optional<Question> m_next{};
};

}  // namespace rw::ui
