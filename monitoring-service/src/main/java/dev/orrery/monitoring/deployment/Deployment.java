package dev.orrery.monitoring.deployment;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/// The versions that should run at an endpoint, at the newest revision.
@Entity
@Table(name = "deployments")
class Deployment extends PanacheEntityBase {

    @Id
    String endpoint;

    long revision;
    String versions;
}
