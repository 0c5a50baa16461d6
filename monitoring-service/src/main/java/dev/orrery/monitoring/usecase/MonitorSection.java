package dev.orrery.monitoring.usecase;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/// What a use case says of monitoring, at its newest revision.
@Entity
@Table(name = "monitor_sections")
class MonitorSection extends PanacheEntityBase {

    @Id
    String useCase;

    String endpoint;
    int revision;
    String monitor;
}
